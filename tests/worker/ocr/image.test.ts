import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Utif from 'utif2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from '#lib/core/pages/page.ts';
import type { FileType } from '#lib/core/file-types.ts';
import { detectFileType } from '#lib/files/detect.ts';
import { openFrames } from '#worker/readers/ocr/frames.ts';
import { imageReader } from '#worker/readers/ocr/image.ts';
import { recognisePage } from '#worker/readers/ocr/page.ts';
import { openTesseractJs } from '#worker/readers/ocr/tesseract-js.ts';
import type { Tesseract } from '#worker/readers/ocr/tesseract.ts';
import { letter, pageImageOf } from './pictures.ts';

let folder: string;
let tesseract: Tesseract;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
  tesseract = await openTesseractJs('eng');
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: Uint8Array, type: FileType) {
  const path = join(folder, `file.${type}`);
  await writeFile(path, content);
  return { path, type };
}

async function read(content: Uint8Array, type: FileType): Promise<Page[]> {
  const file = await fileOf(content, type);
  const range = { from: 0, to: await imageReader.countPages(file) };
  return Array.fromAsync(imageReader.readPages(file, range, (page) => recognisePage(page, { tesseract })));
}

describe('a picture of a letter', () => {
  test('is read line by line, each word with a box where it stands and a confidence', async () => {
    const [page] = await read(await pageImageOf(letter), 'png');
    expect(page).toMatchObject({ pageNum: 0, kind: 'image', source: 'ocr', width: 1000, height: 700 });
    expect(page?.text.split('\n')).toEqual(letter);
    const word = page?.words.find(({ text }) => text === '4711');
    expect(word?.confidence).toBeGreaterThan(0.8);
    expect(word?.x).toBeCloseTo(0.3, 1);
    expect(word?.y).toBeCloseTo((100 - 24) / 700, 1);
  });

  test.each([90, 180, 270])(
    'that lies turned by %i degrees is read upright, with boxes on the page as it is',
    async (degrees) => {
      const [page] = await read(await pageImageOf(letter, { degrees }), 'png');
      expect(page?.text).toContain(letter[0]);
      const word = page?.words.find(({ text }) => text === 'Invoice');
      const corner = { 90: { x: 0.86, y: 0.06 }, 180: { x: 0.83, y: 0.86 }, 270: { x: 0.11, y: 0.83 } }[degrees];
      expect(word?.x).toBeCloseTo(corner?.x ?? 0, 1);
      expect(word?.y).toBeCloseTo(corner?.y ?? 0, 1);
    },
  );

  test.each([-8, 3, 8])('that leans by %i degrees is read in order, with boxes that lean with it', async (degrees) => {
    const [page] = await read(await pageImageOf(letter, { degrees, size: 28 }), 'png');
    expect(page?.text.split('\n').slice(0, 3)).toEqual(letter.slice(0, 3));
    const [first, last] = [
      page?.words.find(({ text }) => text === 'Invoice'),
      page?.words.find(({ text }) => text === '2025'),
    ];
    const middle = (word: typeof first) => ((word?.y ?? 0) + (word?.height ?? 0) / 2) * 700;
    const apart = ((last?.x ?? 0) - (first?.x ?? 0)) * 1000;
    expect((middle(last) - middle(first)) / apart).toBeCloseTo(Math.tan((degrees * Math.PI) / 180), 1);
  });
});

test('a till receipt keeps each amount on the line of its label', async () => {
  const lines = [
    'CORNER SHOP',
    'Bread       2.40',
    'Milk        1.10',
    'TOTAL       3.50',
    'CASH        5.00',
    'CHANGE      1.50',
  ];
  const [page] = await read(await pageImageOf(lines, { width: 420, height: 900 }), 'png');
  expect(page?.text).toMatch(/TOTAL 3\.50/);
});

test('every frame of a TIFF is a page', async () => {
  const picture = await openFrames(
    await fileOf(await pageImageOf(letter.slice(0, 2), { width: 800, height: 200 }), 'png'),
  );
  const bitmap = await picture[0]?.decode();
  if (!bitmap) throw new Error('no picture');
  const frame = { width: bitmap.width, height: bitmap.height, rgba: new Uint8Array(bitmap.data) };
  const pages = await read(twoFrames(frame), 'tiff');
  expect(pages.map(({ pageNum, text }) => [pageNum, text.split('\n')[0]])).toEqual([
    [0, letter[0]],
    [1, letter[0]],
  ]);
});

/** Two directories that show the same strip: UTIF writes only one. */
function twoFrames({ width, height, rgba }: { width: number; height: number; rgba: Uint8Array }): Buffer {
  const one = Buffer.from(Utif.encodeImage(rgba, width, height));
  const isLittle = one.toString('latin1', 0, 2) === 'II';
  const read16 = (at: number) => (isLittle ? one.readUInt16LE(at) : one.readUInt16BE(at));
  const read32 = (at: number) => (isLittle ? one.readUInt32LE(at) : one.readUInt32BE(at));
  const start = read32(4);
  const length = 2 + read16(start) * 12 + 4;
  const second = Buffer.from(one.subarray(start, start + length));
  const both = Buffer.concat([one, second]);
  if (isLittle) both.writeUInt32LE(one.length, start + length - 4);
  else both.writeUInt32BE(one.length, start + length - 4);
  return both;
}

test('a blank page is a page without words', async () => {
  const [page] = await read(await pageImageOf([]), 'png');
  expect(page).toMatchObject({ words: [], text: '', layout: '' });
});

test('an image of too many pixels is refused before it is decoded, naming the limit', async () => {
  const header = (await pageImageOf([], { width: 10, height: 10 })).subarray();
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  const opened = openFrames(await fileOf(header, 'png'));
  await expect(opened).rejects.toMatchObject({ reason: 'too_large', message: expect.stringContaining('50 million') });
});

test('an image that ends in its header is corrupt', async () => {
  const cut = (await pageImageOf([])).subarray(0, 20);
  await expect(openFrames(await fileOf(cut, 'png'))).rejects.toMatchObject({ reason: 'corrupt_file' });
});

test('a single line on an otherwise white page is read', async () => {
  const [page] = await read(await pageImageOf(['Payable within thirty days'], { width: 1654, height: 2339 }), 'png');
  expect(page?.text).toBe('Payable within thirty days');
});

describe('a HEIC photo', () => {
  const photo = () => readFile(new URL('invoice.heic', import.meta.url));

  test('is read like any picture', async () => {
    expect(await detectFileType(new URL('invoice.heic', import.meta.url).pathname)).toBe('heic');
    const [page] = await read(await photo(), 'heic');
    expect(page).toMatchObject({ width: 900, height: 500, text: 'Invoice INV-2048\nTotal 118.00' });
  });

  test('that is cut off is damaged', async () => {
    await expect(read((await photo()).subarray(0, 900), 'heic')).rejects.toMatchObject({ reason: 'corrupt_file' });
  });
});
