import { type Definition, parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import { splitPages } from '#lib/core/splitting/split.ts';
import { splitTarget } from '#lib/core/splitting/target.ts';
import type { SplitResult } from '#lib/core/splitting/types.ts';
import { textPage } from '#tests/support/text-page.ts';

/** A schema that splits by a loan number. */
export function loanSchema(split: Record<string, unknown> = {}, number: Record<string, unknown> = {}): Definition {
  return parseDefinition({
    slug: 'loans',
    name: 'Loans',
    fields: {
      type: 'object',
      properties: {
        Loan_Number: { type: 'string', 'x-aliases': ['Account number', 'Loan No'], ...number },
        Borrower: { type: 'string' },
        Opening_Balance: { type: 'number' },
        Total_Paid: { type: 'number' },
      },
    },
    split: { by: 'Loan_Number', ...split },
  });
}

/** Pages from texts, as a text reader or, `scanned`, OCR would give them. */
export function pagesOf(texts: readonly string[], { scanned = false } = {}): Page[] {
  return texts.map((text, pageNum) => {
    const page = textPage(pageNum, text.split('\n'));
    if (!scanned) return page;
    return { ...page, source: 'ocr', words: page.words.map((word) => ({ ...word, confidence: 0.8 })) };
  });
}

export function splitText(texts: readonly string[], definition = loanSchema(), options = {}): SplitResult {
  const target = splitTarget(definition);
  if (!target) throw new Error('the schema does not split');
  return splitPages(pagesOf(texts, options).map((page) => pageEvidence(page, target)));
}

/** Which pages each account has: `{ '1001': [0, 1] }`. */
export function mapOf({ accounts }: SplitResult): Record<string, number[]> {
  return Object.fromEntries(
    accounts.map(({ accountNumber, pages }) => [accountNumber ?? 'none', pages.map(({ pageNum }) => pageNum)]),
  );
}
