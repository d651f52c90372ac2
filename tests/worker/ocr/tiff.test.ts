import { expect, test } from 'vitest';
import { openTiff } from '#worker/readers/ocr/tiff.ts';
import { type GreyBitmap, toGrey } from '#worker/readers/ocr/bitmap.ts';
import { tiffOf } from './tiff.ts';

/** From black to white, row by row. */
const picture: GreyBitmap = {
  width: 16,
  height: 2,
  channels: 1,
  data: Uint8Array.from({ length: 32 }, (_, dot) => (dot % 16) * 17),
};
test.each([
  ['eight bits a dot', {}],
  ['four bits a dot', { bits: 4 as const }],
  ['the big end first', { isBigEndian: true }],
  ['64-bit offsets', { isBig: true }],
  ['its colours in planes', { isPlanar: true }],
])('a TIFF with %s shows its picture', async (_, shape) => {
  const [frame] = await openTiff(tiffOf(picture, shape));
  expect(frame?.size).toEqual({ width: 16, height: 2 });
  const decoded = await frame?.decode();
  expect(decoded && toGrey(decoded)).toEqual(picture);
});

test('a TIFF packed in a way that is not read is refused by the name of that way', async () => {
  const [frame] = await openTiff(tiffOf(picture, { compression: 34925 }));
  await expect(frame?.decode()).rejects.toThrow('packed with LZMA');
});

test('a TIFF that holds nothing but a smaller copy shows that', async () => {
  expect(await openTiff(tiffOf(picture, { subfile: 1 }))).toHaveLength(1);
});

test('a TIFF whose frames lead in a circle is damaged', async () => {
  await expect(openTiff(tiffOf(picture, { isCircular: true }))).rejects.toThrow('circle');
});
