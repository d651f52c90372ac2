import type { BusinessTerm } from '#lib/core/fields/business-terms.ts';
import type { CellValue, Term } from '#lib/core/pages/page.ts';
import { type Block, lineBlock, type TableCell, type TableRow } from '../blocks.ts';
import type { Element } from '../markup.ts';
import { columns, type Dialect, groups, linePaths, type TermPaths, totals } from './terms.ts';
import { elementsAt, localName, valueOf } from './xml.ts';

/** What an XML file is. */
export interface Form {
  dialect: Dialect;
  isOrder: boolean;
}

const roots: Readonly<Record<string, Form>> = {
  Invoice: { dialect: 'ubl', isOrder: false },
  CreditNote: { dialect: 'ubl', isOrder: false },
  Order: { dialect: 'ubl', isOrder: true },
  CrossIndustryInvoice: { dialect: 'cii', isOrder: false },
  // ZUGFeRD 1.
  CrossIndustryDocument: { dialect: 'cii', isOrder: false },
  // Order-X.
  SCRDMCCBDACIOMessageStructure: { dialect: 'cii', isOrder: true },
};

/** Which form of an electronic invoice or order this is; null for other XML. */
export function formOf(root: Element): Form | null {
  const name = localName(root);
  const form = Object.hasOwn(roots, name) ? roots[name] : undefined;
  if (!form) return null;
  // Other files may have a root of so short a name.
  return form.dialect === 'cii' || elementsAt(root, 'ID').length > 0 ? form : null;
}

/** An electronic invoice or order as a page that a person can read, with the words that they have on paper. */
export function invoiceBlocks(root: Element, form: Form): Block[] {
  const file = { root, form, currency: currencyOf(root, form) };
  const title = form.isOrder ? 'Order' : 'Invoice';
  const heads = groups.flatMap(({ heading, terms }) => group(heading ?? title, terms, file));
  return [...heads, ...lineTable(file), ...group('Totals', totals, file)];
}

interface Source {
  root: Element;
  form: Form;
  currency: string | null;
}

const currencyTerm = groups.flatMap(({ terms }) => terms).find(({ id }) => id === 'BT-5');

function currencyOf(root: Element, { dialect }: Form): string | null {
  const [element] = elementsAt(root, currencyTerm?.[dialect] ?? '');
  return element ? valueOf(element) : null;
}

/** What differs in an order: its own number is a term of the invoice that follows, its date is none. */
const ofOrder: Readonly<Partial<Record<BusinessTerm, { label: string; id?: BusinessTerm } | null>>> = {
  'BT-1': { label: 'Order number', id: 'BT-13' },
  'BT-2': { label: 'Order date' },
  'BT-13': null,
};

/** A term as a file of this form has it; null when it has none such. */
function termIn({ id, label }: TermPaths, { isOrder }: Form): { label: string; id?: BusinessTerm } | null {
  const other = isOrder ? ofOrder[id] : undefined;
  return other === undefined ? { label, id } : other;
}

function group(heading: string, terms: readonly TermPaths[], file: Source): Block[] {
  const rows = terms.flatMap((term): TableRow[] => {
    const value = valueAt(file.root, term, file);
    const shown = termIn(term, file.form);
    return value && shown ? [[cellOf(0, { text: `${shown.label}:` }), cellOf(1, value)]] : [];
  });
  return rows.length > 0 ? [lineBlock(''), lineBlock(heading), { kind: 'table', rows }] : [];
}

function lineTable(file: Source): Block[] {
  const lines = elementsAt(file.root, linePaths[file.form.dialect]);
  const used = columns.filter((term) => lines.some((line) => valueAt(line, term, file)));
  if (used.length === 0) return [];
  const head = used.map(({ label }, column) => cellOf(column, { text: label }));
  const rows = lines.map((line, number) =>
    used.flatMap((term, column) => {
      const value = valueAt(line, term, file, number);
      return value ? [cellOf(column, value)] : [];
    }),
  );
  return [lineBlock(''), lineBlock('Lines'), { kind: 'table', rows: [head, ...rows] }];
}

interface Shown {
  text: string;
  typed?: CellValue;
  term?: Term;
}

function cellOf(column: number, { text, typed, term }: Shown): TableCell {
  return { column, span: 1, lines: [text], ...(typed ? { typed } : {}), ...(term ? { term } : {}) };
}

/** The first value of a term that is filled in; of amounts in two currencies the one in the invoice's own. */
function valueAt(element: Element, term: TermPaths, { form, currency }: Source, line?: number): Shown | null {
  const path = term[form.dialect];
  const found = path ? elementsAt(element, path).filter((one) => valueOf(one) !== '') : [];
  const own = found.find(({ attribs }) => attribs.currencyID === currency);
  const text = [own, found[0]].map((one) => (one ? valueOf(one) : '')).find(Boolean);
  if (!text) return null;
  const id = termIn(term, form)?.id;
  const about = { ...(line === undefined ? {} : { line }), ...(form.isOrder ? { of: 'order' as const } : {}) };
  return { ...shownAs(term.kind, text), ...(id ? { term: { id, ...about } } : {}) };
}

function shownAs(kind: TermPaths['kind'], text: string): Shown {
  if (kind === 'date') return dateOf(text);
  if (kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) return { text, typed: { kind: 'number', value: text } };
  return { text };
}

/** `20250304` in one form, `2025-03-04` in the other. */
function dateOf(text: string): Shown {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text) ?? [];
  if (!year || !month || !day) return { text };
  const value = `${year}-${month}-${day}`;
  return { text: value, typed: { kind: 'date', value } };
}
