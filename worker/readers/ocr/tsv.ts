import type { Word } from '#lib/core/pages/page.ts';

/** A recognised word: boxes in fractions of the picture, confidence 0–1. */
export type SeenWord = Word & { confidence: number };

const wordLevel = '5';

/** Words from Tesseract's TSV (`level page block par line word left top width height conf text`). */
export function parseTsv(tsv: string, size: { width: number; height: number }): SeenWord[] {
  const words: SeenWord[] = [];
  for (const line of tsv.split('\n')) {
    const [level, , , , , , left, top, width, height, confidence, ...rest] = line.split('\t');
    const text = rest.join(' ').trim();
    if (level !== wordLevel || text === '') continue;
    words.push({
      text: text.normalize('NFC'),
      x: Number(left) / size.width,
      y: Number(top) / size.height,
      width: Number(width) / size.width,
      height: Number(height) / size.height,
      confidence: Math.min(1, Math.max(0, Number(confidence) / 100)),
    });
  }
  return words;
}
