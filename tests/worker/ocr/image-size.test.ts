import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
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

test('a decoded image is never larger than its header was understood to claim', async () => {
  const images = [
    canvas.encodeSync('png'),
    canvas.encodeSync('jpeg'),
    canvas.encodeSync('webp'),
    canvas.encodeSync('gif'),
  ];
  const damage = fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...images), damage, async (image, changes) => {
      const bytes = Buffer.from(image);
      for (const [at, value] of changes) bytes.writeUInt8(value, Math.min(at, bytes.length - 1));
      const claimed = readImageSize(bytes);
      // Nothing is decoded that claims more than this.
      if (!claimed || claimed.width * claimed.height > 1_000_000) return;
      const decoded = await loadImage(bytes).catch(() => null);
      if (!decoded) return;
      expect(decoded.width).toBeLessThanOrEqual(claimed.width);
      expect(decoded.height).toBeLessThanOrEqual(claimed.height);
    }),
    { numRuns: 500 },
  );
});

test('a GIF is as large as its first frame reaches, whatever extensions come before that', async () => {
  const gif = Buffer.from(canvas.encodeSync('gif'));
  const start = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
  gif.writeUInt16LE(1000, start + 1);
  // A comment with commas, where a frame's mark would be found.
  const comment = Buffer.from([0x21, 0xfe, 4, 0x2c, 0x2c, 0x2c, 0x2c, 0]);
  expect(readImageSize(Buffer.concat([gif.subarray(0, start), comment, gif.subarray(start)]))).toEqual({
    width: 1321,
    height: 123,
  });
});
