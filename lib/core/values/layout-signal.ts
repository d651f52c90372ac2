import type { ColumnPlace, Place } from '../layouts/lesson.ts';
import type { Recalled } from '../layouts/recalled.ts';
import type { Box } from '../pages/page.ts';
import { type Path, pathText, rowIndexAt } from '../fields/path.ts';
import type { Signal } from './value.ts';

/** How far from where it was remembered a value may stand, as shares of the page. */
const near = { across: 0.03, down: 0.015 };

/** What verified documents of the page's layout say of a value's place, its words' boxes turned upright: at most one signal. */
export function layoutSignals(path: Path, recalled: Recalled, boxes: readonly Box[]): Signal[] {
  const signal = rowIndexAt(path) >= 0 ? signalOfCell(path, recalled, boxes) : signalOfPlace(path, recalled, boxes);
  return signal ? [signal] : [];
}

function signalOfCell(path: Path, { lists }: Recalled, boxes: readonly Box[]): Signal | null {
  const row = rowIndexAt(path);
  const list = lists.find((one) => one.path === pathText(path.slice(0, row)));
  const column = list?.columns.find(({ name }) => name === path[row + 1]);
  if (!list || !column) return null;
  return boxes.every((box) => isInColumn(box, column)) ? asIn(list.seen) : elsewhere(list.seen);
}

function signalOfPlace(path: Path, recalled: Recalled, boxes: readonly Box[]): Signal | null {
  const own = recalled.places.filter((place) => place.path === pathText(path));
  const place = own.find((one) => isAt(boxes, one));
  if (place) return asIn(place.seen);
  if (own.length > 0) return elsewhere(own.reduce((sum, { seen }) => sum + seen, 0));
  if (!recalled.absent.includes(pathText(path))) return null;
  return { name: 'layout', ok: false, detail: `is not there in ${verified(recalled.documents)}` };
}

function isAt(boxes: readonly Box[], place: Place): boolean {
  const [first] = boxes.toSorted((a, b) => a.y - b.y);
  if (!first) return false;
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const x = Math.min(...boxes.map((box) => box.x));
  const isFlush = Math.min(Math.abs(x - place.x), Math.abs(right - place.right)) < near.across;
  const overlaps = x < place.right && place.x < right;
  return Math.abs(first.y + first.height / 2 - place.y) < near.down && (isFlush || overlaps);
}

function isInColumn(box: Box, { x, right }: ColumnPlace): boolean {
  return box.x < right + near.across && x - near.across < box.x + box.width;
}

const verified = (count: number) => (count === 1 ? 'one verified document' : `${count} verified documents`);
const asIn = (count: number): Signal => ({ name: 'layout', ok: true, detail: `as in ${verified(count)}` });
const elsewhere = (count: number): Signal => ({
  name: 'layout',
  ok: false,
  detail: `stands elsewhere in ${verified(count)}`,
});
