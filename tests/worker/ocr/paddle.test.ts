import { beforeAll, describe, expect, test } from 'vitest';
import { decodeImage } from '#worker/readers/ocr/frames.ts';
import { toGrey } from '#worker/readers/ocr/bitmap.ts';
import { openPaddle, type Paddle } from '#worker/readers/ocr/paddle/paddle.ts';
import { recognise } from '#worker/readers/ocr/recognise.ts';
import { chooseOcr } from '#worker/readers/ocr/settings.ts';
import type { SeenWord } from '#worker/readers/ocr/tsv.ts';
import { pageImageOf } from './pictures.ts';

const slip = ['Corner Shop', 'Bread 2.40', 'Milk 1.10', 'TOTAL 3.50'];

async function greyOf(lines: readonly string[]) {
  return toGrey(await decodeImage(await pageImageOf(lines, { width: 420, height: 900 })));
}

describe('PP-OCR', () => {
  let paddle: Paddle;
  beforeAll(async () => {
    paddle = await openPaddle();
  });

  test('reads the words of a slip, each with a box where it stands', async () => {
    const words = await paddle(await greyOf(slip));
    expect(words.map(({ text }) => text).toSorted()).toEqual(slip.flatMap((line) => line.split(' ')).toSorted());
    const total = words.find(({ text }) => text === 'TOTAL');
    expect(total?.x).toBeCloseTo(60 / 420, 1);
    expect(total?.y).toBeCloseTo((100 + 3 * 51 - 30) / 900, 1);
    expect(total?.confidence).toBeGreaterThan(0.8);
  });

  test('reads nothing on an empty page', async () => {
    expect(await paddle(await greyOf([]))).toEqual([]);
  });
});

/** What Tesseract says of a picture that it reads badly: three words, none of them sure. */
const unsureTsv = ['5\t1\t1\t1\t1\t1\t60\t70\t90\t30\t30\tIUIAL', '5\t1\t1\t1\t1\t2\t170\t70\t90\t30\t30\t3,S0'].join(
  '\n',
);
const total: SeenWord = { text: 'TOTAL', x: 0.1, y: 0.1, width: 0.2, height: 0.03, confidence: 0.95 };

test('a slip of which Tesseract is unsure says what PP-OCR is sure of', async () => {
  const { words } = await recognise(await greyOf(slip), null, {
    tesseract: async () => unsureTsv,
    paddle: { read: async () => [total], always: false },
  });
  expect(words.map(({ text }) => text)).toEqual(['TOTAL']);
});

test('a slip of which PP-OCR sees less stays as Tesseract reads it', async () => {
  const { words } = await recognise(await greyOf(slip), null, {
    tesseract: async () => unsureTsv.replaceAll('\t30\t30\t', '\t30\t96\t'),
    paddle: { read: async () => [{ ...total, text: 'TO' }], always: false },
  });
  expect(words.map(({ text }) => text)).toEqual(['IUIAL', '3,S0']);
});

test('PP-OCR is left out where Tesseract alone is wanted', () => {
  expect(chooseOcr('auto', 'eng').paddle).toBe('where_better');
  expect(chooseOcr('js', 'eng').paddle).toBe('never');
  expect(chooseOcr('tesseract', 'eng').paddle).toBe('never');
  expect(chooseOcr('paddle', 'eng').paddle).toBe('always');
});
