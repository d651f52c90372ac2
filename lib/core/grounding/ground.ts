import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Box, Page } from '#lib/core/pages/page.ts';
import type { Claim, Difference } from './quote.ts';
import { indexPage, type PageIndex, printed } from './index-page.ts';
import { labelDistance } from './label-distance.ts';
import { rivalOf } from './rival.ts';
import { waysToFind } from './ways.ts';

/** Where a claim really stands. */
export interface Grounding {
  /** The page's words, in reading order. */
  words: number[];
  /** The words as printed. */
  quote: string;
  /** The lines that it is on, as printed: what is beside a number decides how to read it. */
  lines: string;
  /** One per line. */
  boxes: Box[];
  /** How certain OCR was of the words: of the worst one, of many words of the worst that is not alone; null for a text layer. */
  confidence: number | null;
  /** What is not as it was claimed; null when the words mean just that. */
  difference: Difference | null;
  /** What the page has beside the field's label instead; null when it has nothing of the kind. */
  rival: string | null;
}

/**
 * Finds a claimed value among the page's own words, the surest way first (`waysToFind`). Of several occurrences the one
 * that the engine pointed at, else the one nearest to the field's label. null when the page does not say it: letters and
 * digits only find a place, and there the signs must be the same too.
 */
export function ground(page: Page, claim: Claim, field: ScalarField, locale: string): Grounding | null {
  const index = indexPage(page);
  for (const { find, difference } of waysToFind(index, claim, field, locale)) {
    const found = find();
    const best = chooseBest(
      index,
      found.map(({ words }) => words),
      claim,
      field,
    );
    const isUnitLeftOut = found.some(({ words, leavesOut }) => words === best && leavesOut === 'unit');
    if (!best) continue;
    const rival = rivalOf(index, best, claim, field);
    return { ...toGrounding(index, best), difference: difference ?? (isUnitLeftOut ? 'unit' : null), rival };
  }
  return null;
}

/** Every place where a page says a claim, by the surest way that finds any. */
export function placesOn(page: Page, claim: Claim, field: ScalarField, locale: string): number[][] {
  for (const { find } of waysToFind(indexPage(page), claim, field, locale)) {
    const found = find();
    if (found.length > 0) return found.map(({ words }) => words);
  }
  return [];
}

function chooseBest(index: PageIndex, found: number[][], claim: Claim, field: ScalarField): number[] | null {
  if (found.length <= 1) return found[0] ?? null;
  const hint = new Set(claim.hint);
  const rated = found.map((words) => ({
    words,
    pointed: words.filter((word) => hint.has(word)).length,
    distance: labelDistance(index, words, field),
  }));
  rated.sort((a, b) => b.pointed - a.pointed || a.distance - b.distance);
  return rated[0]?.words ?? null;
}

function toGrounding(index: PageIndex, words: number[]): Omit<Grounding, 'difference' | 'rival'> {
  const found = words.flatMap((number) => index.words[number] ?? []);
  const confidences = found.flatMap((word) => word.confidence ?? []);
  return {
    words,
    quote: printed(index, words),
    lines: [...new Set(words.map((word) => index.lineOf[word] ?? -1))]
      .map((line) => index.lines[line]?.text ?? '')
      .join('\n'),
    boxes: boxesOf(index, words),
    confidence: confidences.length > 0 ? weakest(confidences) : null,
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
