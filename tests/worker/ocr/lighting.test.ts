import { expect, test } from 'vitest';
import type { GreyBitmap } from '#worker/readers/ocr/bitmap.ts';
import { asDarkOnLight, evenLighting } from '#worker/readers/ocr/lighting.ts';

/** A page with a dot of print in every ten, its paper and print as given for each column. */
function page(paper: (x: number) => number, print: (x: number) => number): GreyBitmap {
  const [width, height] = [400, 400];
  const isPrint = (x: number, y: number) => x % 10 === 0 && y % 2 === 0;
  const data = Uint8Array.from({ length: width * height }, (_, dot) => {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    return isPrint(x, y) ? print(x) : paper(x);
  });
  return { width, height, channels: 1, data };
}

test('paper that grows dark across the page becomes white all over, its print stays dark', () => {
  const lit = (x: number) => 250 - x / 2;
  const even = evenLighting(page(lit, (x) => lit(x) / 5));
  for (const x of [15, 105, 205, 305, 385]) {
    expect(even?.data[400 + x]).toBeGreaterThan(235);
    expect(even?.data[400 * 2 + x - 5]).toBeLessThan(80);
  }
});

test('a page that is lit evenly stays as it is', () => {
  expect(
    evenLighting(
      page(
        () => 220,
        () => 30,
      ),
    ),
  ).toBeNull();
});

test.each([
  ['black', 10, 240],
  ['grey', 118, 255],
])('light print on %s paper becomes dark print on light paper', (_, paper, print) => {
  const { data } = asDarkOnLight(
    page(
      () => paper,
      () => print,
    ),
  );
  expect(data[1]).toBe(255 - paper);
  expect(data[0]).toBe(255 - print);
});

test('dark print on grey paper stays as it is', () => {
  const picture = page(
    () => 130,
    () => 20,
  );
  expect(asDarkOnLight(picture)).toBe(picture);
});
