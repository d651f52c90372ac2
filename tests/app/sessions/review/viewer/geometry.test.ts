import { describe, expect, it } from 'vitest';
import {
  around,
  besideBox,
  layoutPages,
  pageAt,
  pagesBetween,
  rotations,
  turnBack,
  turnBox,
  zoomFactor,
  zoomToRead,
} from '#app/sessions/[id]/review/viewer/geometry.ts';

const view = { width: 832, height: 600 };
const portrait = { width: 800, height: 1000 };
const landscape = { width: 1000, height: 800 };

describe('pages below each other', () => {
  const layout = layoutPages([portrait, landscape, portrait], 0.5, 0, view, new Map([[2, 70]]));

  it('stand in order, centred, with room above those that need it', () => {
    expect(layout.spots).toEqual([
      { pageNum: 0, left: 216, top: 16, width: 400, height: 500 },
      { pageNum: 1, left: 166, top: 532, width: 500, height: 400 },
      { pageNum: 2, left: 216, top: 1018, width: 400, height: 500 },
    ]);
  });

  it('are found by height, also between two', () => {
    expect([0, 516, 517, 932, 5000].map((y) => pageAt(layout.spots, y))).toEqual([0, 0, 1, 1, 2]);
    expect(pagesBetween(layout, -500, 600).map(({ pageNum }) => pageNum)).toEqual([0, 1]);
  });

  it('change their sides when they are turned', () => {
    const [turned] = layoutPages([portrait], 0.5, 90, view, new Map()).spots;
    expect(turned).toMatchObject({ width: 500, height: 400 });
  });
});

it('a box that is turned with its page and back is where it was', () => {
  const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.05 };
  expect(turnBox(box, 90)).toEqual({ x: 0.75, y: 0.1, width: 0.05, height: 0.3 });
  for (const rotation of rotations) {
    const { x, y, width, height } = turnBack(turnBox(box, rotation), rotation);
    expect([x, y, width, height].map((one) => one.toFixed(6))).toEqual([
      '0.100000',
      '0.200000',
      '0.300000',
      '0.050000',
    ]);
  }
});

describe('the zoom', () => {
  it('fits the width, the whole page, or the width up to a usual size', () => {
    expect(zoomFactor('width', portrait, view, 1)).toBe(1);
    expect(zoomFactor('page', portrait, view, 1)).toBeCloseTo(0.568);
    expect(zoomFactor('auto', { width: 100, height: 100 }, view, 1.5)).toBe(1.5);
    expect(zoomFactor(99, portrait, view, 1)).toBe(8);
  });

  it('comes nearer to evidence that is too small to read, as far as it fits', () => {
    expect(zoomToRead(1, 14, { width: 100, height: 14 }, view)).toBe(1);
    expect(zoomToRead(0.5, 12, { width: 100, height: 12 }, view)).toBe(1.25);
    expect(zoomToRead(0.5, 12, { width: 1000, height: 12 }, view)).toBeCloseTo(0.7488);
  });
});

it('a view narrower than its page shows lines from their beginning as long as the box is in view', () => {
  const at = (x: number) => besideBox({ x, y: 0, width: 0.1, height: 0.01 }, { width: 2000, height: 3000 }, view);
  expect(at(0.1).x).toBe(0);
  expect(at(0.85).x).toBe(1);
  expect(at(0.45)).toEqual({ x: 0.5, atX: 0.5 });
});

it('the box around none is none', () => {
  expect(around([])).toBeNull();
});
