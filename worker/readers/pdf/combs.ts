import type { Word } from '#lib/core/pages/page.ts';
import type { DirectedWord } from './words.ts';

/** Fewer letters side by side are rather marks or columns. */
const minLetters = 5;
/** From the left edge of a box to the next: in heights of its letter, and how much two may differ. */
const maxPitch = 2.4;
const maxUnevenness = 0.08;
/** How far letters may stand off their line, in heights. */
const offLine = 0.25;

/**
 * Words with those joined whose letters stand in boxes of one width, one in each (`D|E|8|9`). An empty box parts two words.
 * A scale to tick, such as `1 2 3 4 5`, is none.
 */
export function joinCombs(layer: readonly DirectedWord[], aspect: number): DirectedWord[] {
  const joined: DirectedWord[] = [];
  for (let at = 0; at < layer.length;) {
    const run = runFrom(layer, at, aspect);
    if (run.length >= minLetters && !isScale(run)) {
      joined.push(...wordsOf(run));
      at += run.length;
    } else {
      const next = layer[at];
      if (next) joined.push(next);
      at += 1;
    }
  }
  return joined;
}

const isLetter = ({ word, direction }: DirectedWord) => /^[\p{L}\p{N}]$/u.test(word.text) && direction.x > 0.99;
const middleOf = ({ word }: DirectedWord) => word.x + word.width / 2;

/** Letters one behind the other, as far apart as the first two, or twice that. */
function runFrom(layer: readonly DirectedWord[], from: number, aspect: number): DirectedWord[] {
  const [first, second] = [layer[from], layer[from + 1]];
  if (!first || !second || !isLetter(first) || !isLetter(second)) return [];
  const pitch = middleOf(second) - middleOf(first);
  // Widths are shares of the page's width, heights of its height.
  const height = first.word.height / aspect;
  if (pitch <= 0 || pitch > maxPitch * height) return [];
  const run = [first];
  for (const next of layer.slice(from + 1)) {
    const last = run.at(-1) ?? first;
    const steps = (middleOf(next) - middleOf(last)) / pitch;
    const isEven = Math.abs(steps - Math.round(steps)) <= maxUnevenness && steps > 0.5 && steps < 2.5;
    const isLevel = Math.abs(next.word.y - first.word.y) <= offLine * first.word.height;
    if (!isLetter(next) || !isEven || !isLevel) break;
    run.push(next);
  }
  return run;
}

function isScale(run: readonly DirectedWord[]): boolean {
  const codes = run.map(({ word }) => word.text.codePointAt(0) ?? 0);
  return codes.every((code, index) => index === 0 || code === (codes[index - 1] ?? 0) + 1);
}

function wordsOf(run: readonly DirectedWord[]): DirectedWord[] {
  const [first, second] = run;
  if (!first || !second) return [...run];
  const pitch = middleOf(second) - middleOf(first);
  const groups: DirectedWord[][] = [];
  for (const letter of run) {
    const last = groups.at(-1)?.at(-1);
    if (last && middleOf(letter) - middleOf(last) < 1.5 * pitch) groups.at(-1)?.push(letter);
    else groups.push([letter]);
  }
  return groups.map((letters) => ({ direction: first.direction, word: around(letters.map(({ word }) => word)) }));
}

function around(letters: readonly Word[]): Word {
  const [first] = letters;
  if (!first) throw new Error('a word has letters');
  const right = Math.max(...letters.map((letter) => letter.x + letter.width));
  const top = Math.min(...letters.map((letter) => letter.y));
  const bottom = Math.max(...letters.map((letter) => letter.y + letter.height));
  const text = letters.map((letter) => letter.text).join('');
  return { ...first, text, y: top, width: right - first.x, height: bottom - top };
}
