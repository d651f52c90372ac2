import { sayings, type Saying, type Tolerance } from '#lib/core/normalise/meaning.ts';
import { lettersAndDigits } from './letters.ts';
import type { PageIndex } from './index-page.ts';

/** Words of a page that say a text. */
export interface Said extends Pick<Saying, 'leavesOut'> {
  words: number[];
}

/** How many words before and behind a place are looked at for signs that belong to it: `: - 5`, `5 %`. */
const wordsBefore = 2;
const wordsBehind = 1;

/**
 * The words at a place, and right beside it in its cell, that mean what a text means; null when they say something else,
 * though their letters and digits are the same. `tolerance`: of letters and digits, never of signs.
 */
export function saidAt(index: PageIndex, words: readonly number[], text: string, tolerance?: Tolerance): Said | null {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = beside(index, first, -1, wordsBefore).toReversed();
  const all = [...before, ...words, ...beside(index, last, 1, wordsBehind)];
  const starts: number[] = [];
  let context = '';
  for (const word of all) {
    if (context !== '') context += ' ';
    starts.push(context.length);
    context += index.words[word]?.text ?? '';
  }
  const from = starts[before.length] ?? 0;
  const to = starts[before.length + words.length] ?? context.length + 1;
  const mayBePart = isLong(text);
  const said = sayings(context, text, tolerance).filter(
    ({ start, end, leavesOut }) => start < to && end > from && (mayBePart || leavesOut !== 'word'),
  );
  const best = said.find(({ leavesOut }) => leavesOut === 'nothing') ?? said[0];
  if (!best) return null;
  const held = all.filter((_, place) => {
    const start = starts[place] ?? 0;
    return start < best.end && best.start < (starts[place + 1] ?? context.length + 1);
  });
  return { words: held, leavesOut: best.leavesOut };
}

/** A shorter text, or a number, inside a longer word is chance. */
const minPartLength = 3;

/** Whether a text inside a longer word is still what that word says. */
export function isLong(text: string): boolean {
  const plain = lettersAndDigits(text);
  return plain.length >= minPartLength && !/^\d+$/.test(plain);
}

/** The words beside one, outwards, as far as its cell goes. */
function beside(index: PageIndex, word: number, step: -1 | 1, count: number): number[] {
  const line = index.lines[index.lineOf[word] ?? -1]?.words ?? [];
  const found: number[] = [];
  let place = line.indexOf(word);
  while (found.length < count) {
    const border = step < 0 ? line[place] : line[place + 1];
    const next = line[place + step];
    if (border === undefined || next === undefined || index.cellStarts.has(border)) break;
    found.push(next);
    place += step;
  }
  return found;
}
