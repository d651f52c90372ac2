import type { CellValue } from '#lib/core/pages/page.ts';
import { type Block, lineBlock, type TableCell, type TableRow } from '../blocks.ts';
import type { Element } from '../markup.ts';
import { columns, groups, linePaths, type Term, totals } from './terms.ts';
import { elementsAt, localName, valueOf } from './xml.ts';

type Form = 'ubl' | 'cii';

/** Which of the two forms of an invoice this is; null for other XML. */
export function formOf(root: Element): Form | null {
  const name = localName(root);
  if (name === 'Invoice' || name === 'CreditNote') return elementsAt(root, 'ID').length > 0 ? 'ubl' : null;
  return name === 'CrossIndustryInvoice' || name === 'CrossIndustryDocument' ? 'cii' : null;
}

/** An electronic invoice (EN 16931) as a page that a person can read, with the words that invoices on paper have. */
export function invoiceBlocks(root: Element, form: Form): Block[] {
  const heads = groups.flatMap(({ heading, terms }) => group(heading, root, terms, form));
  return [...heads, ...lineTable(root, form), ...group('Totals', root, totals, form)];
}

function group(heading: string, root: Element, terms: readonly Term[], form: Form): Block[] {
  const rows = terms.flatMap((term): TableRow[] => {
    const value = valueAt(root, term, form);
    return value ? [[cellOf(0, { text: `${term.label}:` }), cellOf(1, value)]] : [];
  });
  return rows.length > 0 ? [lineBlock(''), lineBlock(heading), { kind: 'table', rows }] : [];
}

function lineTable(root: Element, form: Form): Block[] {
  const lines = elementsAt(root, linePaths[form]);
  const used = columns.filter((term) => lines.some((line) => valueAt(line, term, form)));
  if (used.length === 0) return [];
  const head = used.map(({ label }, column) => cellOf(column, { text: label }));
  const rows = lines.map((line) =>
    used.flatMap((term, column) => {
      const value = valueAt(line, term, form);
      return value ? [cellOf(column, value)] : [];
    }),
  );
  return [lineBlock(''), lineBlock('Lines'), { kind: 'table', rows: [head, ...rows] }];
}

interface Shown {
  text: string;
  typed?: CellValue;
}

function cellOf(column: number, { text, typed }: Shown): TableCell {
  return { column, span: 1, lines: [text], ...(typed ? { typed } : {}) };
}

/** The first value of a term that is filled in. */
function valueAt(element: Element, term: Term, form: Form): Shown | null {
  const path = term[form];
  const text = path ? elementsAt(element, path).map(valueOf).find(Boolean) : undefined;
  if (!text) return null;
  if (term.kind === 'date') return dateOf(text);
  if (term.kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) return { text, typed: { kind: 'number', value: text } };
  return { text };
}

/** `20250304` in one form, `2025-03-04` in the other. */
function dateOf(text: string): Shown {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text) ?? [];
  if (!year || !month || !day) return { text };
  const value = `${year}-${month}-${day}`;
  return { text: value, typed: { kind: 'date', value } };
}
