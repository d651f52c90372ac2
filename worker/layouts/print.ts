import type { PrintedWord } from '#lib/core/layouts/lesson.ts';
import { wordOf } from '#lib/core/layouts/word.ts';
import type { HashWord } from '#lib/layouts/hash-word.ts';
import type { View } from '../engines/builtin/view.ts';

/** More words than that tell no more about a layout. */
const maxWords = 400;

/** A word of a page that may be part of its layout. */
export interface PagePrint extends PrintedWord {
  /** Index into the page's words. */
  index: number;
}

/** The words of a page that may be printed on every document of its layout: none of `values`. */
export function printOf(view: View, values: ReadonlySet<number>, hash: HashWord): PagePrint[] {
  const words = view.lines.flatMap((line) => line.words.filter(({ index }) => !values.has(index)));
  return words
    .flatMap((word) => {
      const text = wordOf(word.text);
      return text === null ? [] : [{ hash: hash(text), x: word.x, y: middle(word), index: word.index }];
    })
    .slice(0, maxWords);
}

export const middle = ({ y, height }: { y: number; height: number }): number => y + height / 2;
