import type { ScalarField } from '#lib/extraction/field.ts';
import type { Scalar } from '#lib/extraction/leaf.ts';
import type { Box, Page } from '#lib/extraction/page.ts';
import { findByText } from './find-text.ts';
import { findByValue } from './find-value.ts';
import { fold } from './fold.ts';
import { indexPage, type PageIndex } from './index-page.ts';
import { labelDistance } from './label-distance.ts';

/** What is said to stand on a page. */
export interface Claim {
  /** Normalised. */
  value: Scalar;
  /** What the engine says the page says. */
  quote: string | null;
  /** As read, before it was normalised. */
  raw: string;
  /** Words where the engine found it, when it knows. */
  hint?: readonly number[] | undefined;
}

/** Where a claim really stands. */
export interface Grounding {
  /** The page's words, in reading order. */
  words: number[];
  /** The words as printed. */
  quote: string;
  /** One per line. */
  boxes: Box[];
  /** How certain OCR was of the words: of the worst one, of many words of the worst that is not alone; null for a text layer. */
  confidence: number | null;
  /** It stands there to the letter; otherwise only when signs that OCR confuses are taken for equal. */
  exact: boolean;
}

interface Occurrence {
  words: number[];
  exact: boolean;
}

/**
 * Finds a claimed value among the page's own words: its quote, then its value in any form that its type may be printed in,
 * then both again with the signs that OCR confuses taken for equal. Of several occurrences the one that the engine
 * pointed at, else the one nearest to the field's label. null when it does not stand there.
 */
export function ground(page: Page, claim: Claim, field: ScalarField, locale: string): Grounding | null {
  const index = indexPage(page);
  for (const find of finders(index, claim, field, locale)) {
    const best = chooseBest(index, find(), claim, field);
    if (best) return toGrounding(index, best);
  }
  return null;
}

function* finders(index: PageIndex, claim: Claim, field: ScalarField, locale: string): Generator<() => Occurrence[]> {
  const texts = [claim.quote, claim.raw].filter((text): text is string => Boolean(text?.trim()));
  const saysValue = (words: number[]) => findByValue(index, claim.value, field, locale, words).length > 0;
  const isTyped = typeof claim.value === 'number' || field.format !== null;
  // Where the engine pointed, the page's own words decide; those of an address need not be next to each other.
  if (claim.hint && fold(spelt(index, claim.hint)) === fold(claim.raw) && fold(claim.raw) !== '') {
    const words = [...claim.hint];
    yield () => (!isTyped || saysValue(words) ? [{ words, exact: true }] : []);
  }
  // A quote that does not hold the value is no evidence of it.
  for (const text of texts)
    yield () => findByText(index, text, true).filter(({ words }) => !isTyped || saysValue(words));
  yield () => findByValue(index, claim.value, field, locale, null);
  if (!isTyped) yield () => findByText(index, String(claim.value), true);
  for (const text of texts) yield () => (isTyped ? [] : findByText(index, text, false));
  if (!isTyped) yield () => findByText(index, String(claim.value), false);
}

function spelt(index: PageIndex, words: readonly number[]): string {
  return words.map((word) => index.words[word]?.text ?? '').join(' ');
}

function chooseBest(index: PageIndex, found: Occurrence[], claim: Claim, field: ScalarField): Occurrence | null {
  if (found.length <= 1) return found[0] ?? null;
  const hint = new Set(claim.hint);
  const rated = found.map((occurrence) => ({
    occurrence,
    pointed: occurrence.words.filter((word) => hint.has(word)).length,
    distance: labelDistance(index, occurrence.words, field),
  }));
  rated.sort((a, b) => b.pointed - a.pointed || a.distance - b.distance);
  return rated[0]?.occurrence ?? null;
}

function toGrounding(index: PageIndex, { words, exact }: Occurrence): Grounding {
  const found = words.flatMap((number) => index.words[number] ?? []);
  const confidences = found.flatMap((word) => word.confidence ?? []);
  return {
    words,
    quote: spelt(index, words),
    boxes: boxesOf(index, words),
    confidence: confidences.length > 0 ? weakest(confidences) : null,
    exact,
  };
}

/** So many words are an address or a sentence: a single sign in it that was hard to read says little of the rest. */
const manyWords = 6;

function weakest(confidences: readonly number[]): number {
  const sorted = confidences.toSorted((a, b) => a - b);
  return sorted[confidences.length >= manyWords ? 1 : 0] ?? 0;
}

/** One tight box around the words of each line. */
export function boxesOf(index: PageIndex, words: readonly number[]): Box[] {
  const byLine = Map.groupBy(words, (word) => index.lineOf[word] ?? -1);
  return [...byLine.values()].map((numbers) => {
    const boxes = numbers.flatMap((number) => index.words[number] ?? []);
    const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    return { x: round(x), y: round(y), width: round(right - x), height: round(bottom - y) };
  });
}

/** A tenth of a thousandth of a page is finer than any screen. */
function round(fraction: number): number {
  return Math.round(fraction * 1e4) / 1e4;
}
