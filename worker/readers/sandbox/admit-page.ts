import type { Page, Word } from '#lib/core/pages/page.ts';
import { toStorable } from '#lib/core/storable.ts';

/** Part of the cache key of pages: changes whenever the same page would be admitted in another form. */
export const admittedVersion = 'admitted-1';

/**
 * No word of a language is longer: such a run is an embedded file, a key or a line drawn with characters. Whatever is
 * done with a word, some of it in more than linear time, has this bound.
 */
const maxWordLength = 1000;

/**
 * A page as the rest of the program may rely on it: its text can be stored, and no word has more than 1,000
 * characters. A longer one becomes several in one line, so that all of its text is still found, shown and searched.
 */
export function admitPage(page: Page): Page {
  return {
    ...page,
    title: page.title && toStorable(page.title),
    text: toStorable(page.text),
    layout: toStorable(page.layout),
    words: page.words.flatMap(admitWord),
  };
}

function admitWord(word: Word): Word[] {
  const text = toStorable(word.text);
  if (text === '' && word.text !== '') return [];
  if (text.length <= maxWordLength) return [text === word.text ? word : { ...word, text }];
  const parts = partsOf(text);
  // Its characters are taken to be equally wide.
  const unit = word.width / text.length;
  let from = 0;
  return parts.map((part) => {
    const placed = { ...word, text: part, x: word.x + from * unit, width: part.length * unit };
    from += part.length;
    return placed;
  });
}

/** Cut between characters, never inside a surrogate pair. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    const end = from + maxWordLength;
    const isPair = end < text.length && !text.slice(from, end).isWellFormed();
    parts.push(text.slice(from, isPair ? end - 1 : end));
    from = isPair ? end - 1 : end;
  }
  return parts;
}
