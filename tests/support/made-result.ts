import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';
import { type Path, pathText } from '#lib/core/fields/path.ts';
import { mergePages } from '#lib/core/values/merge.ts';
import { type MovedPage, moveParts } from '#lib/core/splitting/moved.ts';
import type { DocumentResult } from '#lib/results/save.ts';
import { recheckRows } from '#lib/core/values/recheck.ts';

/** The names of a made schema's fields, whatever they are. */
export interface Names {
  number: string;
  scalars: readonly [string, string];
  list: string;
  /** An object with a list in it. */
  group: string;
  inner: string;
  columns: readonly [string, string];
}

export const listPaths = ({ list, group, inner }: Names): Path[] => [[list], [group, inner]];

/** The second version lacks the second scalar and the list in the group. */
export function schemaFields({ number, scalars, list, group, inner, columns }: Names, version: 1 | 2): object {
  const text = { type: 'string' };
  const rows = {
    type: 'array',
    items: { type: 'object', properties: ownEntries(columns.map((name) => [name, text])) },
  };
  const always: [string, object][] = [
    [number, text],
    [scalars[0], text],
    [list, rows],
  ];
  const groups: [string, object] = [group, { type: 'object', properties: ownEntries([[inner, rows]]) }];
  const dropped: [string, object][] = version === 1 ? [[scalars[1], text], groups] : [];
  return { type: 'object', properties: ownEntries([...always, ...dropped]) };
}

const ownEntries = (entries: readonly (readonly [string, object])[]) => Object.fromEntries(entries);

export interface Reading {
  /** The account number on each page, which is a part of the document each; null where none is read. */
  numbers: readonly (string | null)[];
  /** A page that gives nothing this time. */
  failing: number | null;
  /** Part of every scalar: another reading, another value. */
  attempt: number;
}

/** What a worker would save of a document with these pages: each a part of its own until people move it. */
export function madeResult(
  definitionJson: Record<string, unknown>,
  names: Names,
  { numbers, failing, attempt }: Reading,
  moves: readonly MovedPage[],
): DocumentResult {
  const definition = parseDefinition(definitionJson);
  const parts = numbers.map((accountNumber, pageNum) => ({ accountNumber, pages: [{ pageNum, region: null }] }));
  const split = moveParts({ accounts: parts, contextPages: [], boundaries: [], notice: null }, moves);
  const accounts = split.accounts.map(({ accountNumber, evidencePages, pages }, accountIndex) => {
    const own = pages.map(({ pageNum }) => pageNum);
    const read = own.map((page) => (page === failing ? [] : leavesOf(names, page, numbers[page] ?? null, attempt)));
    const known = read.map((leaves) => leaves.filter(({ path }) => isKnown(definition.jsonSchema, path)));
    const rows = recheckRows(definition, mergePages(definition.fields, known));
    return {
      accountIndex,
      accountNumber,
      evidencePages,
      pages: own,
      boundaries: [],
      rows: rows.map((row) => ({ ...row, path: pathText(row.path) })),
    };
  });
  return { definition, accounts, notice: null };
}

export const scalarOf = (name: string, page: number, attempt: number) => `${name} of page ${page}, reading ${attempt}`;
const keyOf = (page: number, row: number) => `row ${page}.${row}`;

/** Two rows of each list on each page; those of the inner one are all equal. */
function leavesOf(names: Names, page: number, number: string | null, attempt: number): Value[] {
  const [list, inner] = listPaths(names);
  const [key, value] = names.columns;
  const rows = (path: Path | undefined, cellOf: (row: number) => string) =>
    [0, 1].flatMap((row) => [
      leafAt([...(path ?? []), row, key], cellOf(row)),
      leafAt([...(path ?? []), row, value], `value of ${cellOf(row)}`),
    ]);
  return [
    ...(number === null ? [] : [leafAt([names.number], number)]),
    ...names.scalars.map((name) => leafAt([name], scalarOf(name, page, attempt))),
    ...rows(list, (row) => keyOf(page, row)),
    ...rows(inner, () => 'the same'),
  ];
}

function leafAt(path: Path, value: string): Value {
  const found = { state: 'found', evidence: null, trust: 0.9, signals: [], checks: [] } as const;
  return { path, label: 'Field', type: 'string', value, raw: value, ...found, signals: [], checks: [] };
}

function isKnown({ properties }: Record<string, unknown>, [name]: Path): boolean {
  return Object.keys(Object(properties)).some((known) => known === name);
}
