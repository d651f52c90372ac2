import type { Box, Page, Word } from './page.ts';

/** Quarter turns, clockwise, that make a word upright. */
type Turn = 0 | 1 | 2 | 3;

/** A page as one sees it who turns it to read: each word upright, in fractions of a page of this size. */
export interface UprightPage<W extends Word> extends Pick<Page, 'kind' | 'width' | 'height'> {
  words: W[];
}

/** Room between what is written in different directions, as a share of the page. */
const apart = 0.05;

/**
 * The words of a page with their boxes turned upright. What is written in the direction of most of the text comes first;
 * what is written in another one stands below the page, as if on another sheet, so that no line has words of both.
 */
export function turnUpright<W extends Word>(
  page: Pick<Page, 'kind' | 'width' | 'height' | 'skew'> & { words: W[] },
): UprightPage<W> {
  const { kind, width, height, words, skew = 0 } = page;
  const byTurn = Map.groupBy(words, (word): Turn => word.turn ?? 0);
  const turns = [...byTurn.keys()].toSorted((a, b) => weightOf(byTurn.get(b)) - weightOf(byTurn.get(a)) || a - b);
  const [main = 0] = turns;
  if (turns.length < 2 && main === 0 && skew === 0) return { kind, width, height, words };
  const size = main % 2 === 0 ? { width, height } : { width: height, height: width };
  const turned = turns.flatMap((turn, place) =>
    (byTurn.get(turn) ?? []).map((word) => placed(word, turn, page, size, place * (2 + apart))),
  );
  return { kind, ...size, words: skew === 0 ? turned : turned.map((word) => levelled(word, size, skew)) };
}

const turnedBoxes = new WeakMap<Page, Map<number, Box>>();

/** The boxes of some words of a page, by their index, turned upright. */
export function uprightBoxes(page: Page, indexes: readonly number[]): Box[] {
  let boxes = turnedBoxes.get(page);
  if (!boxes) {
    const words = page.words.map((word, index) => ({ ...word, index }));
    boxes = new Map(turnUpright({ ...page, words }).words.map((word) => [word.index, word]));
    turnedBoxes.set(page, boxes);
  }
  return indexes.flatMap((index) => boxes.get(index) ?? []);
}

/** A word of a leaning page as it would stand on the level one: turned back about the page's middle. */
function levelled<W extends Word>(word: W, { width, height }: Size, skew: number): W {
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)];
  const dx = (word.x + word.width / 2 - 0.5) * width;
  const dy = (word.y + word.height / 2 - 0.5) * height;
  const [across, tall] = [word.width * width, word.height * height];
  // The box around a leaning word is larger than the word.
  const lean = Math.abs(sin);
  const length = Math.max(across * 0.5, (across * cos - tall * lean) / (cos * cos - sin * sin));
  const rise = Math.max(tall * 0.2, (tall * cos - across * lean) / (cos * cos - sin * sin));
  const x = 0.5 + (dx * cos + dy * sin - length / 2) / width;
  const y = 0.5 + (dy * cos - dx * sin - rise / 2) / height;
  return { ...word, x, y, width: length / width, height: rise / height };
}

function weightOf(words: readonly Word[] = []): number {
  return words.reduce((sum, word) => sum + word.text.length, 0);
}

interface Size {
  width: number;
  height: number;
}

function placed<W extends Word>(word: W, turn: Turn, { width, height }: Size, to: Size, down: number): W {
  const [x, y, w, h] = [word.x * width, word.y * height, word.width * width, word.height * height];
  const boxes: Record<Turn, [number, number, number, number]> = {
    0: [x, y, w, h],
    1: [height - y - h, x, h, w],
    2: [width - x - w, height - y - h, w, h],
    3: [y, width - x - w, h, w],
  };
  const [left, top, across, tall] = boxes[turn];
  return {
    ...word,
    x: left / to.width,
    y: down + top / to.height,
    width: across / to.width,
    height: tall / to.height,
  };
}
