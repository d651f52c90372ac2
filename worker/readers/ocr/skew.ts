import { type GreyBitmap, scale } from './bitmap.ts';

const analysedWidth = 800;
const steepest = 5;
const degree = Math.PI / 180;

/**
 * How far lines of text lean, in radians, clockwise positive: the angle at which the row profile is sharpest
 * (W. Postl, "Detection of linear oblique structures and skew scan in digitized documents", 1986).
 */
export function findSkew(bitmap: GreyBitmap): number {
  const dots = darkDots(scale(bitmap, Math.min(1, analysedWidth / bitmap.width)));
  if (dots.xs.length < 500) return 0;
  const coarse = best(dots, range(-steepest, steepest, 0.5));
  const fine = best(dots, range(coarse - 0.4, coarse + 0.4, 0.1));
  return fine * degree;
}

interface Dots {
  xs: Int16Array;
  ys: Int16Array;
  height: number;
}

/** Lower edges of dark strokes: they lie on the lines, whatever the pictures and blots on the page. */
function darkDots({ width, height, data }: GreyBitmap): Dots {
  const threshold = otsu(data);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if ((data[at] ?? 255) <= threshold && (data[at + width] ?? 255) > threshold) {
        xs.push(x - width / 2);
        ys.push(y);
      }
    }
  }
  return { xs: Int16Array.from(xs), ys: Int16Array.from(ys), height };
}

function best(dots: Dots, angles: number[]): number {
  let found = { angle: 0, sharpness: -1 };
  for (const angle of angles) {
    const sharpness = sharpnessAt(dots, Math.tan(angle * degree));
    if (sharpness > found.sharpness) found = { angle, sharpness };
  }
  return found.angle;
}

function sharpnessAt({ xs, ys, height }: Dots, slope: number): number {
  const rows = new Uint32Array(height * 2);
  for (let index = 0; index < xs.length; index++) {
    const row = Math.round((ys[index] ?? 0) - (xs[index] ?? 0) * slope + height / 2);
    if (row >= 0 && row < rows.length) rows[row] = (rows[row] ?? 0) + 1;
  }
  return rows.reduce((sum, count) => sum + count * count, 0);
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
}

/** The grey that best parts ink from paper (N. Otsu, "A threshold selection method from gray-level histograms", 1979). */
export function otsu(data: Uint8Array): number {
  const histogram = new Uint32Array(256);
  for (const grey of data) histogram[grey] = (histogram[grey] ?? 0) + 1;
  const total = histogram.reduce((sum, count, grey) => sum + count * grey, 0);
  let [count, sum] = [0, 0];
  let found = { grey: 128, variance: -1 };
  for (let grey = 0; grey < 255; grey++) {
    count += histogram[grey] ?? 0;
    sum += (histogram[grey] ?? 0) * grey;
    const rest = data.length - count;
    if (count === 0 || rest === 0) continue;
    const variance = count * rest * (sum / count - (total - sum) / rest) ** 2;
    if (variance > found.variance) found = { grey, variance };
  }
  return found.grey;
}
