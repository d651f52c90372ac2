import { type Judgement, judge } from '#eval/judge.ts';
import { asRead, extractValues } from '#eval/local/extract.ts';
import type { Sample } from '#eval/local/sets.ts';
import { type Path, parsePath, pathText, type Scalar } from '#lib/core/fields/path.ts';
import type { Value } from '#lib/core/values/value.ts';

/** A document's values as a person leaves them who sets right all that is wrong, and adds and deletes rows. */
export function verifiedValues(sample: Sample): Value[] {
  const read = extractValues(sample.definition, sample.pages, () => null);
  const judged = judge(sample, asRead(sample.definition, read));
  const byPath = new Map(read.map((leaf) => [pathText(leaf.path), leaf]));
  const lists = Object.entries(sample.expected).filter(([, value]) => Array.isArray(value));
  const listed = new Set(lists.map(([name]) => name));
  const singles = read.filter(({ path }) => !listed.has(String(path[0])));
  const corrected = new Map(judged.map((one) => [one.path, one]));
  const kept = singles.map((leaf) => mended(leaf, corrected.get(pathText(leaf.path))));
  const known = new Set(singles.map(({ path }) => pathText(path)));
  const added = judged.filter(
    ({ field, path }) => path !== null && !known.has(path) && !listed.has(field.split('.')[0] ?? ''),
  );
  const typed = added.flatMap(({ path, expected }) =>
    typedValue(parsePath(path ?? '') ?? [], expected as Scalar | null),
  );
  const rows = lists.flatMap(([name, value]) =>
    verifiedRows(name, value as Record<string, Scalar | null>[], judged, byPath),
  );
  return [...kept, ...typed, ...rows];
}

/** What is not among the answers does not stand in the document. */
function mended(leaf: Value, judgement: Judgement | undefined): Value {
  if (!judgement) return leaf.value === null ? leaf : (typedValue(leaf.path, null, leaf)[0] ?? leaf);
  if (judgement.verdict === 'right') return leaf;
  return typedValue(leaf.path, judgement.expected as Scalar | null, leaf)[0] ?? leaf;
}

/** What a person typed: it has no place on the page. */
function typedValue(path: Path, value: Scalar | null, leaf?: Value): Value[] {
  const about = leaf ?? { path, label: '', type: 'string', checks: [] };
  const raw = value === null ? null : String(value);
  const state = value === null ? 'absent' : 'edited';
  return [{ ...about, path, value, raw, state, evidence: null, trust: 1, signals: [] }];
}

/** Rows as they are expected: cells that were read rightly keep their place, the others are typed. */
function verifiedRows(
  name: string,
  expected: readonly Record<string, Scalar | null>[],
  judged: readonly Judgement[],
  read: ReadonlyMap<string, Value>,
): Value[] {
  const own = judged.filter(({ field, expected: wanted }) => field.startsWith(`${name}.`) && wanted !== null);
  let next = 0;
  return expected.flatMap((row, index) =>
    Object.entries(row).flatMap(([column, value]) => {
      if (value === null || value === '') return [];
      const judgement = own[next++];
      const path = [name, index, column];
      const leaf = judgement?.verdict === 'right' && judgement.path !== null ? read.get(judgement.path) : undefined;
      return leaf ? [{ ...leaf, path }] : typedValue(path, value);
    }),
  );
}
