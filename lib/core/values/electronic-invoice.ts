import type { Field, ObjectField } from '../fields/field.ts';
import { type Path, pathText } from '../fields/path.ts';
import type { Page, Term } from '../pages/page.ts';
import { isLines, termOf } from './invoice-terms.ts';
import { columnsOf } from './list-rows.ts';
import { withSignal } from './trust.ts';
import type { ReadValue, Value } from './value.ts';

const signalName = 'electronic_invoice';

/** Whether a page shows an electronic invoice or order: its words say which business terms they are. */
export function showsInvoice({ words }: Pick<Page, 'words'>): boolean {
  return words.some(({ term }) => term);
}

/** A value that an electronic invoice or order says: before the law, that is the document. */
export function fromInvoice(leaf: Value, of: TermValue['of'] = 'invoice'): Value {
  return withSignal(leaf, { name: signalName, ok: true, detail: `from the electronic ${of}` });
}

export function isFromInvoice({ signals, state }: Value): boolean {
  return state === 'found' && signals.some(({ name }) => name === signalName);
}

/** A value that has a business term. */
export interface TermValue extends ReadValue {
  term: string;
  /** Of what file. */
  of: 'invoice' | 'order';
}

/** What a page that shows an electronic invoice or order says for the fields that are business terms. */
export function readTerms(fields: ObjectField, { words }: Page): TermValue[] {
  const of = words.find(({ term }) => term)?.term?.of ?? 'invoice';
  const byTerm = Map.groupBy(words.keys(), (index) => keyOf(words[index]?.term));
  const textOf = (id: string, line: Term['line']) =>
    (byTerm.get(keyOf({ id, line })) ?? []).map((index) => words[index]?.text).join(' ');
  const numbers = [...new Set(words.flatMap(({ term }) => term?.line ?? []))];
  // A heading among the lines is written as one of nothing that costs nothing.
  const lines = numbers.filter((line) => !['BT-129', 'BT-131'].every((id) => nothing.test(textOf(id, line))));
  const read = (path: Path, term: string | null, line?: number): TermValue[] => {
    const found = term === null ? [] : (byTerm.get(keyOf({ id: term, line })) ?? []);
    const text = found.map((index) => words[index]?.text).join(' ');
    return term === null || text === '' ? [] : [{ path, term, of, value: text, quote: text, words: found }];
  };
  const readField = (field: Field, path: Path): TermValue[] => {
    if (field.kind === 'scalar') return read(path, termOf(field, false));
    if (field.kind === 'object') return field.fields.flatMap((part) => readField(part, [...path, part.name]));
    const columns = isLines(field) ? columnsOf(field.item) : [];
    return lines.flatMap((line, row) =>
      columns.flatMap((column) => read([...path, row, ...column.path], termOf(column.field, true), line)),
    );
  };
  return readField(fields, []);
}

const nothing = /^0+(?:[.,]0+)?$/;

function keyOf(term: { id: string; line?: Term['line'] | undefined } | undefined): string {
  return term ? `${term.id} ${term.line ?? ''}` : '';
}

/** The paths of the fields and lists that are business terms. */
export function termPaths(field: Field, path: Path = []): Path[] {
  if (field.kind === 'object') return field.fields.flatMap((part) => termPaths(part, [...path, part.name]));
  const isTerm = field.kind === 'list' ? isLines(field) : termOf(field, false) !== null;
  return isTerm ? [path] : [];
}

/** Whether something is at one of these paths, or in a list there. */
export function isWithin({ path }: { path: Path }, paths: readonly Path[]): boolean {
  return paths.some((one) => pathText(path.slice(0, one.length)) === pathText(one));
}
