import { findByValue } from '../grounding/find-value.ts';
import { type PageIndex, indexPage } from '../grounding/index-page.ts';
import { foldLookalikes, lettersAndDigits } from '../grounding/letters.ts';
import type { ScalarField } from '../fields/field.ts';
import { pathText } from '../fields/path.ts';
import type { Page } from '../pages/page.ts';
import { isFromInvoice, type TermValue } from './electronic-invoice.ts';
import { withSignal } from './trust.ts';
import type { Value } from './value.ts';

export const printedSignal = 'printed';

type Kind = 'text' | 'number' | 'date';

/** A value of an electronic invoice that the document's own pages should show. */
export interface InvoiceClaim {
  /** Of the value, as text. */
  path: string;
  kind: Kind;
  /** As the XML has it. */
  text: string;
  /** A page need not print it, but must not print another. */
  isOptional: boolean;
  of: TermValue['of'];
}

/** What tells one invoice from another, and its sums: any page prints these. */
const compared: Readonly<Partial<Record<string, Kind>>> = {
  'BT-1': 'text',
  'BT-2': 'date',
  'BT-9': 'date',
  'BT-106': 'number',
  'BT-109': 'number',
  'BT-110': 'number',
  'BT-112': 'number',
  'BT-115': 'number',
};

/** An order's own number, which an invoice only mentions. */
const orderNumber = 'BT-13';

/** "Payable within 30 days" prints no date. */
const optional = new Set(['BT-9']);

/** What an electronic invoice claims of the pages, but for what they may well not print, such as a tax of zero. */
export function claimsOf(terms: readonly TermValue[], leaves: readonly Value[]): InvoiceClaim[] {
  const found = new Set(leaves.filter(isFromInvoice).map(({ path }) => pathText(path)));
  return terms.flatMap(({ path, term, of, value }) => {
    const kind = of === 'order' && term === orderNumber ? 'text' : compared[term];
    const isNothing = kind === 'number' && Number(value) === 0;
    if (!kind || isNothing || !found.has(pathText(path))) return [];
    return [{ path: pathText(path), kind, text: String(value), isOptional: optional.has(term), of }];
  });
}

/** The paths of the claims that a page shows, in any form: a day before its month or behind it, an amount of the other sign. */
export function shownOn(page: Page, claims: readonly InvoiceClaim[]): string[] {
  const index = indexPage(page);
  const shows = (claim: InvoiceClaim) =>
    claim.kind === 'text' ? showsText(page, index, claim.text) : showsTyped(index, claim);
  return claims.filter(shows).map(({ path }) => path);
}

function showsText({ source }: Page, { folded }: PageIndex, text: string): boolean {
  const wanted = lettersAndDigits(text);
  return folded.includes(wanted) || (source === 'ocr' && foldLookalikes(folded).includes(foldLookalikes(wanted)));
}

/** In one the day is behind the month and a point begins the decimals, in the other both are the other way round. */
const notations = ['en-US', 'de-DE'];

function showsTyped(index: PageIndex, { kind, text }: InvoiceClaim): boolean {
  const field = kind === 'date' ? anyDate : anyNumber;
  return notations.some((locale) => findByValue(index, text, field, locale, null, 'any').length > 0);
}

const any = { kind: 'scalar', name: '', label: '', aliases: [], description: null, required: false } as const;
const anyDate: ScalarField = { ...any, type: 'string', format: 'date', pattern: null, enum: null };
const anyNumber: ScalarField = { ...any, type: 'number', format: null, pattern: null, enum: null };

/**
 * The values of an electronic invoice with what the document's pages say of them. `shown`: the paths of the claims that
 * some page shows. `printed`: what was read on those pages.
 */
export function withPrinted(
  leaves: readonly Value[],
  claims: readonly InvoiceClaim[],
  shown: ReadonlySet<string>,
  printed: readonly Value[],
): Value[] {
  const byPath = new Map(claims.map((claim) => [claim.path, claim]));
  const others = new Set(printed.filter(({ state }) => state === 'found').map(({ path }) => pathText(path)));
  return leaves.map((leaf) => {
    const path = pathText(leaf.path);
    const claim = byPath.get(path);
    if (!claim) return leaf;
    if (shown.has(path)) return withSignal(leaf, { name: printedSignal, ok: true, detail: 'the page shows it too' });
    if (claim.isOptional && !others.has(path)) return leaf;
    const detail = `the electronic ${claim.of} says ${asWritten(claim)}; the page does not show it`;
    return withSignal(leaf, { name: printedSignal, ok: false, detail });
  });
}

function asWritten({ kind, text }: InvoiceClaim): string {
  if (kind !== 'number') return text;
  return Number(text).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 10 });
}
