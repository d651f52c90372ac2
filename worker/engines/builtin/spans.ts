import type { ScalarField } from '#lib/core/fields/field.ts';
import { cellKindOf, cellValueOf } from '#lib/core/grounding/typed-cells.ts';
import { findSpans, kindOf, type Span } from './kinds.ts';
import { type IndexedWord, textOf } from './view.ts';

/**
 * Values of a field's kind in the text of some words (`textOf`), left to right. A worksheet's cell that holds one is one,
 * whatever it shows: an accounting dash is a zero.
 */
export function spansIn(words: readonly IndexedWord[], field: ScalarField, locale: string): Span[] {
  const cells = cellSpans(words, field);
  const read = findSpans(textOf(words), kindOf(field), field, locale);
  const isFree = (span: Span) => !cells.some((cell) => cell.start < span.end && span.start < cell.end);
  return [...cells, ...read.filter(isFree)].toSorted((a, b) => a.start - b.start);
}

function cellSpans(words: readonly IndexedWord[], field: ScalarField): Span[] {
  if (cellKindOf(field) === null) return [];
  const cells: { words: IndexedWord[]; start: number; end: number }[] = [];
  let at = 0;
  for (const [place, word] of words.entries()) {
    const end = at + word.text.length;
    const last = cells.at(-1);
    if (!last || (word.beginsCell && place > 0)) cells.push({ words: [word], start: at, end });
    else {
      last.words.push(word);
      last.end = end;
    }
    at = end + 1;
  }
  return cells.flatMap(({ words: own, start, end }) => {
    const typed = cellValueOf(own, field);
    if (!typed) return [];
    const isCode = typed.kind === 'number' && /^\d{8,}$/.test(typed.value);
    return [{ start, end, fit: isCode ? 0.2 : 1, ...(typed.kind === 'number' ? { value: Number(typed.value) } : {}) }];
  });
}
