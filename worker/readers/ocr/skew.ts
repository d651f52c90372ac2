import { type GreyBitmap, histogramOf, scale, turn } from './bitmap.ts';

/** The shorter side of a picture when it is looked at. */
const analysedSide = 800;
const minPixels = 500;
const steepest = 10;
/** So many dots tell the angle roughly. */
const roughDots = 4000;
const degree = Math.PI / 180;

/** How lines of text run through a picture. */
export interface Lean {
  /** How far they lean, in radians, clockwise positive. */
  skew: number;
  /** How clearly there are lines at that angle: 1 where ink is spread evenly, 0 where there is too little of it. */
  clearness: number;
}

/** How lines run in the picture as it is, and when it is turned clockwise by a quarter. */
export function findLeans(bitmap: GreyBitmap): { level: Lean; turned: Lean } {
  const small = scale(bitmap, Math.min(1, analysedSide / Math.min(bitmap.width, bitmap.height)));
  const threshold = otsu(small.data);
  return { level: leanOf(small, threshold), turned: leanOf(turn(small, 1), threshold) };
}

/**
 * The angle at which the row profile is sharpest
 * (W. Postl, "Detection of linear oblique structures and skew scan in digitized documents", 1986).
 */
function leanOf(bitmap: GreyBitmap, threshold: number): Lean {
  const dots = darkDots(bitmap, threshold);
  const count = dots.xs.length;
  if (count < minPixels) return { skew: 0, clearness: 0 };
  const coarse = best(someOf(dots), range(-steepest, steepest, 0.5));
  const fine = best(dots, range(coarse.angle - 0.4, coarse.angle + 0.4, 0.1));
  return { skew: fine.angle * degree, clearness: (fine.sharpness * dots.height) / count ** 2 };
}

interface Dots {
  xs: Int16Array;
  ys: Int16Array;
  height: number;
}

/** Lower edges of dark strokes: they lie on the lines, whatever the pictures and blots on the page. */
function darkDots({ width, height, data }: GreyBitmap, threshold: number): Dots {
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

function someOf({ xs, ys, height }: Dots): Dots {
  const step = Math.ceil(xs.length / roughDots);
  return { xs: xs.filter((_, dot) => dot % step === 0), ys: ys.filter((_, dot) => dot % step === 0), height };
}

function best(dots: Dots, angles: number[]): { angle: number; sharpness: number } {
  let found = { angle: 0, sharpness: -1 };
  for (const angle of angles) {
    const sharpness = sharpnessAt(dots, Math.tan(angle * degree));
    if (sharpness > found.sharpness) found = { angle, sharpness };
  }
  return found;
}

function sharpnessAt({ xs, ys, height }: Dots, slope: number): number {
  const rows = new Uint32Array(height * 2);
  let sharpness = 0;
  for (let index = 0; index < xs.length; index++) {
    const row = Math.round((ys[index] ?? 0) - (xs[index] ?? 0) * slope + height / 2);
    if (row < 0 || row >= rows.length) continue;
    const count = rows[row] ?? 0;
    rows[row] = count + 1;
    // The sum of all squares, as it grows.
    sharpness += 2 * count + 1;
  }
  return sharpness;
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
}

/** The grey that best parts ink from paper (N. Otsu, "A threshold selection method from gray-level histograms", 1979). */
export function otsu(data: Uint8Array): number {
  const histogram = histogramOf(data);
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
