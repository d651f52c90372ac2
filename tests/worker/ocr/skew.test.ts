import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { toGrey } from '#worker/readers/ocr/bitmap.ts';
import { findLeans } from '#worker/readers/ocr/skew.ts';
import { letter, pageImageOf } from './pictures.ts';

/** Words as bars on lines that lean by degrees, clockwise. */
function barsLeaning(degrees: number) {
  const canvas = createCanvas(1000, 1000);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, 1000, 1000);
  context.translate(500, 500);
  context.rotate((degrees * Math.PI) / 180);
  context.fillStyle = 'black';
  for (let y = -350; y < 350; y += 40) for (let x = -350; x < 350; x += 70) context.fillRect(x, y, 50, 14);
  const { data } = context.getImageData(0, 0, 1000, 1000);
  return toGrey({ width: 1000, height: 1000, channels: 4, data });
}

test.each([-9, -4, -1.3, 0, 0.7, 3, 9])('lines that lean by %d degrees are found to lean so', (degrees) => {
  expect((findLeans(barsLeaning(degrees)).level.skew * 180) / Math.PI).toBeCloseTo(degrees, 0.5);
});

test('a page on its side is told by its lines', async () => {
  const image = await loadImage(await pageImageOf(letter, { degrees: 270 }));
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
  const { level, turned } = findLeans(toGrey({ width, height, channels: 4, data }));
  expect(turned.clearness).toBeGreaterThan(level.clearness * 2);
  expect((turned.skew * 180) / Math.PI).toBeCloseTo(0, 0.5);
});
