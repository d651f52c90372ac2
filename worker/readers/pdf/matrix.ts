/** `[a, b, c, d, e, f]` as in PDF: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Vector {
  x: number;
  y: number;
}

export const unchanged: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): Vector {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** Where a direction goes: the matrix without its shift. */
export function applyLinear([a, b, c, d]: Matrix, x: number, y: number): Vector {
  return { x: a * x + c * y, y: b * x + d * y };
}

/** Six numbers, one after the other or in one list; null for anything else. */
export function toMatrix(args: unknown): Matrix | null {
  const list = Array.isArray(args) && typeof args[0] !== 'number' ? args[0] : args;
  const numbers = list instanceof Float32Array || list instanceof Float64Array ? [...list] : list;
  if (!Array.isArray(numbers) || numbers.length < 6 || !numbers.every((one) => typeof one === 'number')) return null;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}
