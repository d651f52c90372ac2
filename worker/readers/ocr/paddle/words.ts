import type { Box } from '#lib/core/pages/page.ts';
import type { GreyBitmap } from '../bitmap.ts';
import { otsu } from '../skew.ts';
import type { SeenWord } from '../tsv.ts';

/** Columns without ink between two words, for the height of the line, at least: the model leaves spaces out. */
const minGap = 0.2;
/** How many times as far apart as usual the letters on both sides of it are. */
const minDistance = 1.35;

interface Line {
  box: Box;
  picture: GreyBitmap;
  /** How many columns of the picture one step reads. */
  stepWidth: number;
}

interface Letter {
  text: string;
  confidence: number;
  /** In steps. */
  at: number;
}

/**
 * The words that a model's steps along a line spell: the likeliest character of each step, repeated ones once, blanks
 * (class 0) left out (A. Graves, "Connectionist Temporal Classification", 2006).
 */
export function wordsOf(
  likelihood: Float32Array,
  characters: readonly string[],
  { box, picture, stepWidth }: Line,
): SeenWord[] {
  const classes = characters.length;
  const steps = likelihood.length / classes;
  const letters = lettersOf(likelihood, characters, steps);
  const pitch = pitchOf(letters);
  const gaps = gapsOf(picture);
  const isParted = (one: Letter, other: Letter) =>
    other.at - one.at > pitch * minDistance &&
    gaps.some((column) => column > (one.at + 0.5) * stepWidth && column < (other.at + 0.5) * stepWidth);
  const words: Letter[][] = [];
  let previous: Letter | null = null;
  for (const letter of letters) {
    const isApart = !previous || previous.text === ' ' || isParted(previous, letter);
    previous = letter;
    if (letter.text === ' ') continue;
    if (isApart) words.push([letter]);
    else words.at(-1)?.push(letter);
  }
  const step = (box.width * stepWidth) / picture.width;
  return words.map((word) => {
    const [first, last] = [word[0]?.at ?? 0, word.at(-1)?.at ?? 0];
    const left = Math.max(0, (first + 0.5 - pitch / 2) * step);
    const right = Math.min(box.width, (last + 0.5 + pitch / 2) * step);
    return {
      text: word
        .map(({ text }) => text)
        .join('')
        .normalize('NFKC'),
      // The model is sure of most letters: one that it is not sure of may make it another word.
      confidence: Math.min(...word.map(({ confidence }) => confidence)),
      x: box.x + left,
      y: box.y,
      width: Math.max(0, right - left),
      height: box.height,
    };
  });
}

function lettersOf(likelihood: Float32Array, characters: readonly string[], steps: number): Letter[] {
  const letters: Letter[] = [];
  let before = 0;
  for (let at = 0; at < steps; at++) {
    const found = likeliest(likelihood, at * characters.length, characters.length);
    const text = characters[found] ?? '';
    if (found !== 0 && found !== before) {
      letters.push({ text, confidence: likelihood[at * characters.length + found] ?? 0, at });
    }
    before = found;
  }
  return letters;
}

function likeliest(likelihood: Float32Array, from: number, count: number): number {
  let found = 0;
  for (let index = 1; index < count; index++) {
    if ((likelihood[from + index] ?? 0) > (likelihood[from + found] ?? 0)) found = index;
  }
  return found;
}

/** The middles of wide runs of columns without ink between such with some. */
function gapsOf({ width, height, data }: GreyBitmap): number[] {
  const threshold = otsu(data);
  const gaps: number[] = [];
  let after: number | null = null;
  for (let x = 0; x < width; x++) {
    if (!hasInk(x)) continue;
    if (after !== null && x - after >= height * minGap) gaps.push((after + x) / 2);
    after = x + 1;
  }
  return gaps;

  /** The edges belong to the lines above and below. */
  function hasInk(x: number): boolean {
    for (let y = Math.floor(height * 0.15); y < height * 0.85; y++) {
      if ((data[y * width + x] ?? 255) <= threshold) return true;
    }
    return false;
  }
}

/** The usual distance of letters, in steps. */
function pitchOf(letters: readonly Letter[]): number {
  const distances = letters.slice(1).map((letter, index) => letter.at - (letters[index]?.at ?? 0));
  return distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 4;
}
