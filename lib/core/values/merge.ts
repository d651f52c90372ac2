import { meaningKey } from '#lib/core/normalise/meaning.ts';
import type { Field, ObjectField, ScalarField } from '../fields/field.ts';
import { isFromInvoice, isWithin } from './electronic-invoice.ts';
import { markShortfalls, type Shortfall } from './completeness.ts';
import type { Rule } from '#lib/core/rules/rule.ts';
import type { Value } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { joinRows } from './join-rows.ts';
import { pathText } from '../fields/path.ts';
import { withSignal } from './trust.ts';

/** A scalar of an account, or one row of a list. */
export interface MergedRow {
  /** Of a scalar its path, of a list row the list's. */
  path: Path;
  isListRow: boolean;
  leaves: Value[];
}

/**
 * Joins what the pages of an account gave into one record, in schema order. `pages` are in page order. Of a scalar that
 * several pages say, one is kept; pages that disagree make a conflict, kept and flagged. What an electronic invoice says
 * comes before what is printed, a scalar as well as a list. Rows of a list are joined in page
 * order (`joinRows`). A required list without rows is one leaf
 * of type `list` that was not found, and so is one of which rows were seen and none was read. `shortfalls` are marked
 * where rows are missing.
 */
export function mergePages(
  fields: ObjectField,
  pages: readonly (readonly Value[])[],
  shortfalls: readonly Shortfall[] = [],
  rules: readonly Rule[] = [],
): MergedRow[] {
  const said = Map.groupBy(pages.flat(), (leaf) => pathText(leaf.path));
  const balances = new Set(rules.flatMap((rule) => ('chain' in rule ? rule.chain.balance : [])));
  return fields.fields.flatMap((field) => mergeField(field, [field.name], { pages, said, shortfalls, balances }));
}

interface Options {
  pages: readonly (readonly Value[])[];
  /** All leaves by their paths. */
  said: ReadonlyMap<string, readonly Value[]>;
  shortfalls: readonly Shortfall[];
  /** Columns that rules call running balances. */
  balances: ReadonlySet<string>;
}

function mergeField(field: Field, path: Path, given: Options): MergedRow[] {
  if (field.kind === 'object') return field.fields.flatMap((part) => mergeField(part, [...path, part.name], given));
  if (field.kind === 'scalar') {
    const leaf = mergeScalar(field, path, given.said.get(pathText(path)) ?? []);
    return [{ path, isListRow: false, leaves: [leaf] }];
  }
  const isOfInvoice = given.pages.some((page) => page.some((leaf) => isFromInvoice(leaf) && isWithin(leaf, [path])));
  const pages = isOfInvoice ? given.pages.map((page) => page.filter(isFromInvoice)) : given.pages;
  const rows = joinRows(field, path, pages, given.balances);
  const shortfalls = isOfInvoice ? [] : given.shortfalls.filter((one) => pathText(one.path) === pathText(path));
  if (rows.length === 0 && (field.required || shortfalls.length > 0)) {
    const [leaves = []] = markShortfalls([[missing(field.label, 'list', path)]], shortfalls);
    return [{ path, isListRow: false, leaves }];
  }
  return markShortfalls(rows, shortfalls).map((leaves) => ({ path, isListRow: true, leaves }));
}

/** The value that most speaks for: said by several pages before said with more trust by one, found before not. */
function mergeScalar(field: ScalarField, path: Path, said: readonly Value[]): Value {
  const found = said.filter((leaf) => leaf.state === 'found');
  const ofInvoice = found.filter(isFromInvoice);
  const counted = ofInvoice.length > 0 ? ofInvoice : found.length > 0 ? found : said;
  const byValue = [...Map.groupBy(counted, (leaf) => meaningKey(leaf.value)).values()];
  const [leading, ...different] = byValue.toSorted((a, b) => doubtOf(a) - doubtOf(b));
  const [best] = leading?.toSorted((a, b) => b.trust - a.trust) ?? [];
  if (!best || !leading) return missing(field.label, field.format ?? field.type, path);
  if (different.length > 0) {
    const detail = `another page says ${[...new Set(different.flat().map((leaf) => describe(leaf)))].join(', ')}`;
    return withSignal({ ...best, state: 'conflict' }, { name: 'conflict', ok: false, detail });
  }
  if (leading.length === 1) return best;
  return withSignal(best, { name: 'repeated', ok: true, detail: `said ${leading.length} times` });
}

/** How likely all that say so are wrong, were they independent. */
function doubtOf(leaves: readonly Value[]): number {
  return leaves.reduce((doubt, leaf) => doubt * (1 - leaf.trust), 1);
}

function describe({ value, evidence }: Value): string {
  return `${JSON.stringify(value)}${evidence ? ` (page ${evidence.pageNum + 1})` : ''}`;
}

function missing(label: string, type: string, path: Path): Value {
  const empty = { value: null, raw: null, evidence: null, trust: 0, signals: [], checks: [] };
  return { ...empty, path, label, type, state: 'not_found' };
}

/** The plain nested record of leaves; what was not found is null, a list without rows is empty. */
export function toRecord(leaves: readonly Value[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { path, value, type } of leaves) setAt(record, path, type === 'list' ? [] : value);
  return record;
}

function setAt(container: object, path: Path, value: unknown): void {
  const [step, next, ...rest] = path;
  if (step === undefined) return;
  if (next === undefined) {
    Object.defineProperty(container, step, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  const held: unknown = Object.hasOwn(container, step) ? Reflect.get(container, step) : null;
  const inner = typeof held === 'object' && held !== null ? held : typeof next === 'number' ? [] : {};
  if (inner !== held) setAt(container, [step], inner);
  setAt(inner, [next, ...rest], value);
}
