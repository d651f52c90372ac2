import type { Definition } from '../schema/definition.ts';
import { fieldAt } from '../fields/field.ts';
import { fieldKey, pathText, rowIndexAt } from '../fields/path.ts';
import { indexPage } from '../grounding/index-page.ts';
import { labelDistance } from '../grounding/label-distance.ts';
import type { Box, Page } from '../pages/page.ts';
import { withSignal } from './trust.ts';
import type { Value } from './value.ts';

/** The name of the signal that speaks against a value's place. */
const name = 'place';

/**
 * Values of an engine that says nothing of their places, with what speaks against these: a cell out of its column or its
 * row, a place that two fields share, a value far from any label of its field. What the second opinion confirms is left alone.
 */
export function withPlaceDoubts(definition: Definition, page: Page, leaves: readonly Value[]): Value[] {
  const columns = columnsOf(leaves);
  const rows = rowsOf(leaves);
  const shared = sharedPlaces(leaves);
  return leaves.map((leaf) => {
    if (leaf.state !== 'found' || isConfirmed(leaf)) return leaf;
    const isCell = rowIndexAt(leaf.path) >= 0;
    const detail = isCell
      ? (outOfColumn(leaf, columns) ?? outOfRow(leaf, rows))
      : (sharedWith(leaf, shared) ?? unlabelled(definition, page, leaf));
    return detail === null ? leaf : withSignal(leaf, { name, ok: false, detail });
  });
}

const isConfirmed = ({ signals }: Value): boolean =>
  signals.some(({ name: own, ok }) => ok && (own === 'agreement' || own === 'layout' || own === 'electronic_invoice'));

const boxesOf = ({ evidence }: Value): readonly Box[] => evidence?.boxes ?? [];

interface Range {
  from: number;
  to: number;
}

/** Fewer cells show no column. */
const minCells = 3;

/** By column, where most of its cells stand across the page. */
function columnsOf(leaves: readonly Value[]): Map<string, Range> {
  const cells = leaves.filter((leaf) => rowIndexAt(leaf.path) >= 0 && boxesOf(leaf).length > 0);
  const columns = [...Map.groupBy(cells, ({ path }) => fieldKey(path))].filter(([, own]) => own.length >= minCells);
  return new Map(
    columns.map(([key, own]) => {
      const boxes = own.flatMap((leaf) => boxesOf(leaf).slice(0, 1));
      return [key, { from: median(boxes.map(({ x }) => x)), to: median(boxes.map(({ x, width }) => x + width)) }];
    }),
  );
}

function outOfColumn(leaf: Value, columns: ReadonlyMap<string, Range>): string | null {
  const column = columns.get(fieldKey(leaf.path));
  const [first] = boxesOf(leaf);
  if (!column || !first) return null;
  const isWithin = first.x < column.to && column.from < first.x + first.width;
  return isWithin ? null : 'stands outside the column of its field';
}

/** By row, at which height most of its cells stand. */
function rowsOf(leaves: readonly Value[]): Map<string, number> {
  const cells = leaves.filter((leaf) => rowIndexAt(leaf.path) >= 0 && boxesOf(leaf).length > 0);
  const rows = [...Map.groupBy(cells, ({ path }) => rowOf(path))].filter(([, own]) => own.length > 1);
  return new Map(rows.map(([key, own]) => [key, median(own.map((leaf) => boxesOf(leaf)[0]?.y ?? 0))]));
}

const rowOf = (path: Value['path']): string => pathText(path.slice(0, rowIndexAt(path) + 1));
/** Cells of one row may be set a little apart, as a share of the page's height. */
const sameHeight = 0.004;

/** A cell that is nearer to another row than to its own. */
function outOfRow(leaf: Value, rows: ReadonlyMap<string, number>): string | null {
  const own = rows.get(rowOf(leaf.path));
  const y = boxesOf(leaf)[0]?.y;
  if (own === undefined || y === undefined || Math.abs(y - own) < sameHeight) return null;
  const other = Math.min(...[...rows].map(([key, at]) => (key === rowOf(leaf.path) ? 1 : Math.abs(at - y))));
  return other < Math.abs(y - own) ? 'stands in another row' : null;
}

/** Places that more than one single value claims. */
function sharedPlaces(leaves: readonly Value[]): Map<string, string[]> {
  const singles = leaves.filter(({ path, type }) => rowIndexAt(path) < 0 && type !== 'currency');
  const claims = singles.flatMap((leaf) => boxesOf(leaf).map((box) => ({ key: keyOf(box), label: leaf.label })));
  const byPlace = Map.groupBy(claims, ({ key }) => key);
  return new Map([...byPlace].map(([key, own]) => [key, own.map(({ label }) => label)]));
}

const keyOf = ({ x, y }: Box): string => `${x.toFixed(3)} ${y.toFixed(3)}`;

function sharedWith(leaf: Value, places: ReadonlyMap<string, string[]>): string | null {
  const labels = boxesOf(leaf).flatMap((box) => places.get(keyOf(box)) ?? []);
  const other = labels.find((label) => label !== leaf.label);
  return other === undefined ? null : `stands where ${other} does`;
}

/** So far from a label, in page widths, no one takes a value for its. */
const nearLabel = 0.45;

function unlabelled(definition: Definition, page: Page, leaf: Value): string | null {
  const field = fieldAt(definition.fields, leaf.path);
  if (field?.kind !== 'scalar') return null;
  const index = indexPage(page);
  const words = page.words.flatMap((word, at) => (boxesOf(leaf).some((box) => isIn(word, box)) ? [at] : []));
  return labelDistance(index, words, field) < nearLabel ? null : 'stands near no label of its field';
}

function isIn(word: Box, box: Box): boolean {
  const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
  return box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
