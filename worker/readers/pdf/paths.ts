import { apply, compose, type Matrix, toMatrix } from './matrix.ts';
import type { OperatorNumbers, Operators } from './operators.ts';

/** A line or an area that is drawn, by the box around it in points of the page as it is shown. */
export interface DrawnPath {
  x: number;
  y: number;
  width: number;
  height: number;
  isStroked: boolean;
  /** One line that ends where it began. */
  isOutline: boolean;
}

/** How pdf.js encodes the parts of a path, and how many numbers follow each. */
const moveTo = 0;
const closePath = 4;
const lengths: Readonly<Record<number, number>> = { 0: 2, 1: 2, 2: 6, 3: 4, 4: 0 };

/** The paths of a page, in the order in which they are drawn. */
export function pathsOf({ fnArray, argsArray }: Operators, OPS: OperatorNumbers, matrix: Matrix): DrawnPath[] {
  const saved: Matrix[] = [];
  let current = matrix;
  const stroking = new Set([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.closeFillStroke, OPS.eoFillStroke]);
  const closing = new Set([OPS.closeStroke, OPS.closeFillStroke]);
  const transform = (args: unknown) => {
    const next = toMatrix(args);
    if (next) current = compose(current, next);
  };
  const restore = () => (current = saved.pop() ?? current);
  const paths: DrawnPath[] = [];
  for (const [index, operator] of fnArray.entries()) {
    const args: unknown = argsArray[index];
    const list: readonly unknown[] = Array.isArray(args) ? args : [];
    if (operator === OPS.save) saved.push(current);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) restore();
    else if (operator === OPS.transform) transform(args);
    else if (operator === OPS.paintFormXObjectBegin) {
      saved.push(current);
      transform(list);
    } else if (operator === OPS.constructPath) {
      const [paint, data, bounds] = list;
      const box = boxOf(bounds, current);
      const numbers = Array.isArray(data) && data[0] instanceof Float32Array ? data[0] : null;
      if (!box || !numbers || typeof paint !== 'number') continue;
      paths.push({ ...box, isStroked: stroking.has(paint), isOutline: isOutline(numbers, closing.has(paint)) });
    }
  }
  return paths;
}

function boxOf(bounds: unknown, matrix: Matrix): Pick<DrawnPath, 'x' | 'y' | 'width' | 'height'> | null {
  if (!(bounds instanceof Float32Array) || bounds.length < 4) return null;
  const [left = 0, top = 0, right = 0, bottom = 0] = bounds;
  const [one, other] = [apply(matrix, left, top), apply(matrix, right, bottom)];
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, width: Math.abs(other.x - one.x), height: Math.abs(other.y - one.y) };
}

function isOutline(numbers: Float32Array, isClosed: boolean): boolean {
  let moves = 0;
  let parts = 0;
  let hasClose = isClosed;
  for (let at = 0; at < numbers.length;) {
    const part = numbers[at] ?? -1;
    const length = lengths[part];
    if (length === undefined) return false;
    if (part === moveTo) moves += 1;
    else if (part === closePath) hasClose = true;
    else parts += 1;
    at += 1 + length;
  }
  const last = numbers.length - (numbers.at(-1) === closePath ? 3 : 2);
  const isBack = numbers[1] === numbers[last] && numbers[2] === numbers[last + 1];
  return moves === 1 && parts >= 3 && (hasClose || isBack);
}
