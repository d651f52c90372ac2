import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import { recordTarget, severalRecords } from '#lib/core/splitting/notice.ts';
import { pagesOf } from '#tests/support/split-text.ts';

const definition = parseDefinition({
  slug: 'invoice',
  name: 'Invoice',
  fields: {
    type: 'object',
    properties: {
      Supplier: { type: 'string' },
      Invoice_Number: { type: 'string' },
      Grand_Total: { type: 'number' },
    },
  },
});
const invoice = (number: string) => `Invoice\n\nInvoice number: ${number}\nSupplier: Acme\n\nGrand total: $120.00`;

function noticeOf(texts: string[]): string | null {
  const target = recordTarget(definition);
  if (!target) throw new Error('the schema names no number');
  return severalRecords(
    pagesOf(texts).map((page) => pageEvidence(page, target)),
    definition.name,
  );
}

describe('a document of a schema that does not split', () => {
  it('is said to look like three invoices when it holds three numbers at their label', () => {
    expect(noticeOf([invoice('INV-2031'), invoice('INV-2032'), invoice('INV-2033')])).toMatch(/^Looks like 3 invoices/);
  });

  it('is not remarked upon when all its pages are one invoice’s', () => {
    expect(noticeOf([invoice('INV-2031'), 'Terms of payment', invoice('INV-2031')])).toBeNull();
  });
});
