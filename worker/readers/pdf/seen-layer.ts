import type { Box, Word } from '#lib/core/pages/page.ts';
import type { OperatorNumbers, Operators } from './operators.ts';

/** How text is painted when it is not (PDF 2.0, table 104). */
const invisible = 3;

/** Whether most of a page's text is invisible: another program's reading of the picture that is shown. */
export function isLayerOfScan({ fnArray, argsArray }: Operators, OPS: OperatorNumbers): boolean {
  const saved: number[] = [];
  let mode = 0;
  let [hidden, all] = [0, 0];
  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    const [first]: readonly unknown[] = Array.isArray(args) ? args : [];
    if (operator === OPS.save) saved.push(mode);
    else if (operator === OPS.restore) mode = saved.pop() ?? mode;
    else if (operator === OPS.setTextRenderingMode && typeof first === 'number') mode = first;
    else if (operator === OPS.showText && Array.isArray(first)) {
      all += first.length;
      if (mode === invisible) hidden += first.length;
    }
  }
  return hidden > all / 2;
}

/** Words that are seen this surely count more than another program's. */
const sure = 0.6;
/** What is in a picture beside text is read when it is seen this surely. */
const surely = 0.75;
/** How much of the smaller of two boxes they share when both are of one word. */
const shared = 0.4;

/**
 * What is on a scan whose text another program read, word by word: where both read a word and differ, the one that is
 * surely seen; where only one read it, that one.
 */
export function betterWords(layer: readonly Word[], seen: readonly Word[]): Word[] {
  const kept = new Set(layer);
  const taken = seen.filter((word) => {
    const rivals = layer.filter((other) => overlap(word, other) > shared);
    const isSame = lettersOf(rivals.map(({ text }) => text).join('')) === lettersOf(word.text);
    const isBetter = isSame || (word.confidence ?? 0) >= sure || rivals.length === 0;
    if (isBetter) for (const rival of rivals) kept.delete(rival);
    return isBetter;
  });
  return [...taken, ...[...kept].map((word) => ({ ...word, confidence: word.confidence ?? sure }))];
}

/** Words that are surely seen where the text layer has none: in pictures beside the text. */
export function wordsBeside(layer: readonly Word[], seen: readonly Word[]): Word[] {
  return seen.filter(
    (word) =>
      (word.confidence ?? 0) >= surely &&
      lettersOf(word.text).length > 1 &&
      layer.every((other) => overlap(word, other) === 0),
  );
}

/** The share of the smaller of two boxes that the other covers. */
function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(one.width * one.height, other.width * other.height);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
