import { createCanvas } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { toGrey } from '#worker/readers/ocr/bitmap.ts';
import { findSkew } from '#worker/readers/ocr/skew.ts';

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

test.each([-4, -1.3, 0, 0.7, 3])('lines that lean by %d degrees are found to lean so', (degrees) => {
  expect((findSkew(barsLeaning(degrees)) * 180) / Math.PI).toBeCloseTo(degrees, 0.5);
});
