import type { Vector } from './matrix.ts';
import type { DrawnPath } from './paths.ts';
import type { DirectedWord } from './words.ts';

/** Sides of a box to tick, in points. */
const minSide = 5;
const maxSide = 20;
/** How much longer one side may be than the other. */
const maxStretch = 1.25;
/** Boxes that touch are cells for letters, or of a table. */
const apart = 2;
/** A page of more little squares is a drawing. */
const maxBoxes = 150;
const maxCandidates = 1000;

interface Page {
  width: number;
  height: number;
  /** In which most of it is written. */
  direction: Vector;
}

/**
 * Boxes and circles that are drawn to be ticked, as marks: ticked when something smaller is drawn in them, or a sign
 * stands there.
 */
export function drawnMarks(paths: readonly DrawnPath[], words: readonly DirectedWord[], page: Page): DirectedWord[] {
  const candidates = paths.filter(isBox);
  const boxes = candidates.length > maxCandidates ? [] : alone(candidates);
  if (boxes.length > maxBoxes) return [];
  return boxes.map((box) => ({
    word: {
      x: box.x / page.width,
      y: box.y / page.height,
      width: box.width / page.width,
      height: box.height / page.height,
      text: isTicked(box, paths, words, page) ? '☒' : '☐',
      confidence: null,
    },
    direction: page.direction,
  }));
}

function isBox(path: DrawnPath): boolean {
  return path.isStroked && path.isOutline && isTickable(path);
}

/** Whether something has the size and shape of a box to tick, in points. */
export function isTickable({ width, height }: { width: number; height: number }): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return short >= minSide && long <= maxSide && long <= short * maxStretch;
}

/** Boxes that touch no other one; of some inside each other the first. */
function alone(boxes: readonly DrawnPath[]): DrawnPath[] {
  const single = boxes.filter((box, place) => !boxes.slice(0, place).some((other) => isSame(box, other)));
  return single.filter((box) => !single.some((other) => other !== box && touches(box, other)));
}

const middleOf = ({ x, y, width, height }: DrawnPath) => ({ x: x + width / 2, y: y + height / 2 });

function isSame(one: DrawnPath, other: DrawnPath): boolean {
  const [a, b] = [middleOf(one), middleOf(other)];
  return Math.hypot(a.x - b.x, a.y - b.y) < apart;
}

function touches(one: DrawnPath, other: DrawnPath): boolean {
  const across = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width);
  const down = Math.max(one.y, other.y) - Math.min(one.y + one.height, other.y + other.height);
  return across < apart && down < apart;
}

function isTicked(box: DrawnPath, paths: readonly DrawnPath[], words: readonly DirectedWord[], page: Page): boolean {
  const isDrawn = paths.some((path) => path !== box && !isBox(path) && isTickIn(path, box));
  return isDrawn || words.some(({ word }) => isSignIn(word, box, page));
}

/** A cross, a hook, a dot: about in the middle, hardly larger than the box, and not its background. */
function isTickIn(path: DrawnPath, box: DrawnPath): boolean {
  const [middle, inside] = [middleOf(path), middleOf(box)];
  const isCentred =
    Math.abs(middle.x - inside.x) < box.width * 0.35 && Math.abs(middle.y - inside.y) < box.height * 0.35;
  const size = Math.max(path.width, path.height) / Math.max(box.width, box.height);
  const isBackground = !path.isStroked && size > 0.9;
  return isCentred && size > 0.3 && size < 1.4 && !isBackground;
}

const signs = /^[xX×✓✔✗✘✕✖•●■◆★]$/u;

function isSignIn(word: DirectedWord['word'], box: DrawnPath, page: Page): boolean {
  const [x, y] = [(word.x + word.width / 2) * page.width, (word.y + word.height / 2) * page.height];
  const isInside = x > box.x && x < box.x + box.width && y > box.y - 1 && y < box.y + box.height + 1;
  return isInside && signs.test(word.text);
}
