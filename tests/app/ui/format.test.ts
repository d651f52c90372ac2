import { describe, expect, it } from 'vitest';
import { bytes, count, counted, duration, money, relativeTime } from '#app/ui/format.ts';

const now = Date.parse('2026-03-14T12:00:00Z');
const ago = (ms: number) => relativeTime(now - ms, now);

describe('how long ago', () => {
  it('is told in the largest whole unit', () => {
    expect([ago(1000), ago(12_000), ago(185_000), ago(3_700_000), ago(90_000_000)]).toEqual([
      'now',
      '12 s',
      '3 m',
      '1 h',
      '1 d',
    ]);
  });

  it('becomes a date after two weeks', () => {
    expect(ago(30 * 86_400_000)).toBe('12 Feb 2026');
  });

  it('is never in the future, even when clocks differ', () => {
    expect(ago(-5000)).toBe('now');
  });
});

describe('figures', () => {
  it('tells durations in two units at most', () => {
    expect([20, 400, 12_000, 72_000, 7_500_000].map(duration)).toEqual([
      '<0.1 s',
      '0.4 s',
      '12 s',
      '1 m 12 s',
      '2 h 5 m',
    ]);
  });

  it('does not round a minute up to sixty seconds', () => {
    expect(duration(59_700)).toBe('1 m 0 s');
  });

  it('shows more decimals of small money', () => {
    expect([0, 0.0042, 0.011, 12.4].map(money)).toEqual(['$0', '$0.0042', '$0.011', '$12.40']);
  });

  it('separates thousands and counts one as one', () => {
    expect([count(1284), counted(1, 'page'), counted(1284, 'page')]).toEqual(['1,284', '1 page', '1,284 pages']);
  });

  it('counts bytes as the limits do', () => {
    expect([812, 104_857_600, 1_468_006].map(bytes)).toEqual(['812 B', '100 MB', '1.4 MB']);
  });
});
