import type { Box } from '#lib/core/pages/page.ts';
import type { GreyBitmap } from './bitmap.ts';
import { otsu } from './skew.ts';

/**
 * How often ink begins outside these boxes, along rows or along columns, whichever is less: print begins often both
 * ways, a rule or a frame only one way, a dark picture seldom.
 */
export function countEdges({ width, height, data }: GreyBitmap, boxes: readonly Box[]): number {
  const threshold = otsu(data);
  const ink = data.map((grey) => (grey <= threshold ? 1 : 0));
  for (const box of boxes) blank(box);
  let [across, down] = [0, 0];
  for (let y = 1; y < height; y++) {
    for (let at = y * width + 1; at < (y + 1) * width; at++) {
      if (!ink[at]) continue;
      if (!ink[at - 1]) across += 1;
      if (!ink[at - width]) down += 1;
    }
  }
  return Math.min(across, down);

  /** With a dot more on each side: letters are blurred. */
  function blank(box: Box): void {
    const [left, right] = [Math.floor(box.x * width) - 1, Math.ceil((box.x + box.width) * width) + 1];
    const [top, bottom] = [Math.floor(box.y * height) - 1, Math.ceil((box.y + box.height) * height) + 1];
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      ink.fill(0, y * width + Math.max(0, left), y * width + Math.min(width, right));
    }
  }
}
