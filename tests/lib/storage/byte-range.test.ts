import { expect, it } from 'vitest';
import { parseRange } from '#lib/storage/byte-range.ts';

it.each([
  ['bytes=0-9', { from: 0, to: 9 }],
  ['bytes=90-', { from: 90, to: 99 }],
  ['bytes=90-500', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-500', { from: 0, to: 99 }],
  [null, null],
  ['bytes=-', null],
  ['bytes=9-2', null],
  ['bytes=0-1,5-6', null],
  ['pages=0-1', null],
  ['bytes=100-', 'beyond'],
  ['bytes=-0', 'beyond'],
] as const)('of 100 bytes, %s asks for %j', (header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});
