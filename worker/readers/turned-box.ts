import type { Box } from '#lib/core/pages/page.ts';

/** Quarter turns, clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

/** A box of a picture that was turned by quarters, where it is in the picture as it was. */
export function turnBack<B extends Box>(box: B, quarters: Quarters): B {
  const { x, y, width, height } = box;
  if (quarters === 1) return { ...box, x: y, y: 1 - x - width, width: height, height: width };
  if (quarters === 2) return { ...box, x: 1 - x - width, y: 1 - y - height };
  if (quarters === 3) return { ...box, x: 1 - y - height, y: x, width: height, height: width };
  return box;
}

/** The box around a word of a picture that was straightened by `skew`: there it leans, and takes more height. */
export function leanBack<B extends Box>(box: B, { width, height }: { width: number; height: number }, skew: number): B {
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)];
  const dx = (box.x + box.width / 2 - 0.5) * width;
  const dy = (box.y + box.height / 2 - 0.5) * height;
  const [long, high] = [box.width * width, box.height * height];
  const boxWidth = (long * cos + high * Math.abs(sin)) / width;
  const boxHeight = (long * Math.abs(sin) + high * cos) / height;
  const x = 0.5 + (dx * cos - dy * sin) / width - boxWidth / 2;
  const y = 0.5 + (dx * sin + dy * cos) / height - boxHeight / 2;
  return { ...box, x, y, width: boxWidth, height: boxHeight };
}

/** A leaning word at an edge takes no room beyond it. */
export function withinPage<B extends Box>(box: B): B {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [within(box.x), within(box.y)];
  return { ...box, x, y, width: within(box.x + box.width) - x, height: within(box.y + box.height) - y };
}
