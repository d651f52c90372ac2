import { meaningKey, meanTheSame, sayings } from '#lib/core/normalise/meaning.ts';
import type { Value, Signal } from './value.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { fieldKey, pathText, rowIndexAt } from '../fields/path.ts';
import { trustOf } from './trust.ts';

/**
 * Adds to each value what the built-in engine says of it, which read the same page: the same (`agreement`), another
 * (`agreement`, against it), or nothing (`no_opinion`, which neither confirms nor doubts). Both readings must be grounded;
 * what the second one made of words that are not there says nothing. Rows of a list are compared with the row that
 * stands at the same place of the page, whatever their numbers; of a column on which the two differ in most rows, one of
 * them took another for it, which is said once, at its first row.
 */
export function withSecondOpinion(leaves: readonly Value[], second: readonly Value[]): Value[] {
  const others = second.filter((leaf) => leaf.state === 'found');
  const opinions = new Map(others.map((leaf) => [pathText(leaf.path), leaf]));
  const rowOf = matchRows(leaves, others);
  const said = leaves.map((leaf) => {
    const at = rowOf(leaf.path);
    return opinionOn(leaf, at ? opinions.get(pathText(at)) : undefined);
  });
  const spoken = saidOnce(leaves, said);
  return leaves.map((leaf, index) => {
    const signals = [...leaf.signals, spoken[index] ?? noOpinion];
    return { ...leaf, signals, trust: trustOf(signals, leaf.checks) };
  });
}

const noOpinion: Signal = { name: 'no_opinion', ok: true, detail: 'the built-in engine has no opinion' };

/** In so many rows a column must differ, and in more than half of those that both read. */
const minDiffering = 4;

/** The opinions, those on a column that differs as a whole but for the first left out. */
function saidOnce(leaves: readonly Value[], said: readonly Signal[]): Signal[] {
  const columns = Map.groupBy(leaves.keys(), (index) => fieldKey(leaves[index]?.path ?? []));
  const spoken = [...said];
  for (const cells of columns.values()) {
    const opinions = cells.filter((index) => said[index]?.name === 'agreement');
    const differing = opinions.filter((index) => said[index]?.ok === false);
    const isWhole = differing.length >= minDiffering && differing.length * 2 > opinions.length;
    const [first, ...others] = differing;
    const signal = first === undefined ? undefined : said[first];
    const isColumn = first !== undefined && rowIndexAt(leaves[first]?.path ?? []) >= 0;
    if (!isColumn || !isWhole || !signal) continue;
    const detail = `${signal.detail}, and differs in ${differing.length} of ${opinions.length} rows of this column`;
    spoken[first] = { ...signal, detail };
    for (const index of others) spoken[index] = noOpinion;
  }
  return spoken;
}

function opinionOn(leaf: Value, other: Value | undefined): Signal {
  if (!other || isPart(leaf, other)) return noOpinion;
  if (meaningKey(leaf.value) === meaningKey(other.value)) {
    return { name: 'agreement', ok: true, detail: 'the built-in engine reads the same' };
  }
  return { name: 'agreement', ok: false, detail: `the built-in engine reads ${JSON.stringify(other.value)}` };
}

/** Of two free texts one may well hold more words of the same: where a name or an address ends is no disagreement. */
function isPart(leaf: Value, other: Value): boolean {
  if (leaf.type !== 'string' || other.type !== 'string') return false;
  const [one, two] = [String(leaf.value), String(other.value)];
  if (meanTheSame(one, two)) return false;
  return sayings(one, two).length > 0 || sayings(two, one).length > 0;
}

/** Where the other reading would have a path: the same for a single value, in the row at the same place for a cell. */
function matchRows(leaves: readonly Value[], others: readonly Value[]): (path: Path) => Path | null {
  const places = new Map(others.flatMap((leaf) => placesOf(leaf).map((place) => [place, rowKey(leaf.path)])));
  const votes = new Map<string, Map<string, number>>();
  for (const leaf of leaves) {
    const row = rowKey(leaf.path);
    if (row === null) continue;
    for (const place of placesOf(leaf)) {
      const other = places.get(place);
      if (!other) continue;
      const own = votes.get(row) ?? new Map<string, number>();
      votes.set(row, own.set(other, (own.get(other) ?? 0) + 1));
    }
  }
  return (path) => {
    const row = rowKey(path);
    if (row === null) return path;
    const [best] = [...(votes.get(row) ?? [])].toSorted(([, a], [, b]) => b - a);
    const index = best ? Number(best[0].slice(best[0].lastIndexOf('[') + 1, -1)) : Number.NaN;
    const at = rowIndexAt(path);
    return Number.isNaN(index) ? null : path.with(at, index);
  };
}

/** `Payments[2]` for a cell of that row; null for a value outside lists. Lists inside rows go with their row. */
function rowKey(path: Path): string | null {
  const at = rowIndexAt(path);
  return at < 0 ? null : pathText(path.slice(0, at + 1));
}

/** Where a value begins on each of its lines, within its list: equal for two readings of the same words. */
function placesOf({ path, evidence }: Value): string[] {
  const at = rowIndexAt(path);
  const list = pathText(path.slice(0, Math.max(at, 0)));
  return at < 0 ? [] : (evidence?.boxes ?? []).map(({ x, y }) => `${list} ${x.toFixed(3)} ${y.toFixed(3)}`);
}
