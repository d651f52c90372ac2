import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { readImageSize } from '#worker/readers/ocr/image-size.ts';
import { headersOnly } from '#tests/bombs/images.ts';

const canvas = createCanvas(321, 123);

test.each([
  ['PNG', canvas.encodeSync('png')],
  ['JPEG', canvas.encodeSync('jpeg')],
  ['WebP', canvas.encodeSync('webp')],
  ['GIF', canvas.encodeSync('gif')],
])('the size of a %s is told by its header', (_, image) => {
  expect(readImageSize(image)).toEqual({ width: 321, height: 123 });
});

test('the size of a BMP is told by its header, upside down or not', () => {
  expect(readImageSize(headersOnly.bmp(640, -480))).toEqual({ width: 640, height: 480 });
});

test('a header that is cut off has no size', async () => {
  expect(readImageSize((await canvas.encode('png')).subarray(0, 18))).toBeNull();
  expect(readImageSize(Buffer.alloc(0))).toBeNull();
});
