import { markOf } from '#lib/core/normalise/marks.ts';
import type { IndexedWord } from './view.ts';

/** What a mark stands beside: `☒ Part time`. */
export interface MarkedOption {
  isChecked: boolean;
  /** Without the mark. */
  text: string;
  /** With the mark. */
  words: IndexedWord[];
}

interface Mark {
  isChecked: boolean;
  words: IndexedWord[];
}

/**
 * The options among words, each with whether its mark is ticked; none where no mark is. Marks stand before their options
 * where the first one does, else behind them.
 */
export function markedOptions(words: readonly IndexedWord[]): MarkedOption[] {
  const parts = marksIn(words);
  if (!parts.some(isMark)) return [];
  const [first] = parts;
  const options: MarkedOption[] = [];
  let mark: Mark | null = null;
  let own: IndexedWord[] = [];
  const add = () => {
    if (mark) options.push({ isChecked: mark.isChecked, text: textOf(own), words: [...mark.words, ...own] });
    [mark, own] = [null, []];
  };
  const isLeading = first !== undefined && isMark(first);
  for (const part of parts) {
    if (!isMark(part)) own.push(part);
    else if (isLeading) {
      add();
      mark = part;
    } else {
      mark = part;
      add();
    }
  }
  if (isLeading) add();
  return options;
}

const isMark = (part: IndexedWord | Mark): part is Mark => 'isChecked' in part;

/** The words with those that are a mark together as one: `[`, `x`, `]`. */
function marksIn(words: readonly IndexedWord[]): (IndexedWord | Mark)[] {
  const parts: (IndexedWord | Mark)[] = [];
  for (let at = 0; at < words.length;) {
    const length = [3, 2, 1].find((count) => {
      const some = words.slice(at, at + count);
      return some.length === count && markOf(some.map(({ text }) => text).join('')) !== null;
    });
    const own = words.slice(at, at + (length ?? 1));
    const isChecked = length === undefined ? null : markOf(own.map(({ text }) => text).join(''));
    parts.push(...(isChecked === null ? own : [{ isChecked, words: own }]));
    at += own.length;
  }
  return parts;
}

function textOf(words: readonly IndexedWord[]): string {
  return words
    .map(({ text }) => text)
    .join(' ')
    .replace(/^[\s,;|/]+|(?<![\s,;|/])[\s,;|/]+$/g, '');
}
