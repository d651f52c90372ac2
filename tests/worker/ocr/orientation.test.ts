import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Bitmap } from '#worker/readers/reader.ts';
import { asDarkOnLight } from '#worker/readers/ocr/lighting.ts';
import { oriented } from '#worker/readers/ocr/orientation.ts';

const picture: fc.Arbitrary<Bitmap> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .map(([width, height]) => ({
    width,
    height,
    channels: 1,
    data: Uint8Array.from({ length: width * height }, (_, dot) => dot),
  }));

/** The orientation that undoes another one. */
const undoing: Record<number, number> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };

it('a picture that was turned or mirrored back is the same', () => {
  fc.assert(
    fc.property(picture, fc.integer({ min: 1, max: 8 }), (given, orientation) => {
      const back = oriented(oriented(given, orientation), undoing[orientation] ?? 1);
      expect([back.width, back.height, [...back.data]]).toEqual([given.width, given.height, [...given.data]]);
    }),
  );
});

it('orientation 6 is turned clockwise, as cameras held upright write it', () => {
  const turned = oriented({ width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) }, 6);
  expect([turned.width, turned.height, [...turned.data]]).toEqual([1, 2, [1, 2]]);
});

it('an unknown orientation changes nothing', () => {
  const given: Bitmap = { width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) };
  expect(oriented(given, 0)).toBe(given);
  expect(oriented(given, Number.NaN)).toBe(given);
});

it('light print on dark paper becomes dark print on light paper, and the other way round stays', () => {
  const page = (paper: number, ink: number) => ({
    width: 10,
    height: 10,
    channels: 1 as const,
    data: Uint8Array.from({ length: 100 }, (_, dot) => (dot % 9 === 0 ? ink : paper)),
  });
  expect(asDarkOnLight(page(20, 240)).data.slice(0, 2)).toEqual(Uint8Array.of(15, 235));
  expect(asDarkOnLight(page(240, 20)).data[0]).toBe(20);
});
