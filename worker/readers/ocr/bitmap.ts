import type { Box } from '#lib/core/pages/page.ts';
import type { Bitmap } from '../reader.ts';
import type { Quarters } from '../turned-box.ts';

/** A picture in shades of grey, one byte a dot. */
export interface GreyBitmap extends Bitmap {
  channels: 1;
  data: Uint8Array;
}

const white = 255;
/** Greys between ink and paper, at least. */
const minContrast = 12;
/** Greys between ink and paper that are surely print. */
const clearContrast = 64;

/** Luma by ITU-R BT.601; see-through parts are paper. */
export function toGrey(bitmap: Bitmap): GreyBitmap {
  const { width, height, channels, data } = bitmap;
  const grey = new Uint8Array(width * height);
  if (channels === 1) {
    grey.set(data);
    return { width, height, channels: 1, data: grey };
  }
  for (let dot = 0, at = 0; dot < grey.length; dot++, at += 4) {
    const luma = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8;
    const alpha = data[at + 3] ?? white;
    grey[dot] = alpha === white ? luma : (luma * alpha + white * (white - alpha)) / white;
  }
  return { width, height, channels: 1, data: grey };
}

/** The darkest dots become black and the paper white: faint print on grey paper is read better. */
export function stretchContrast({ width, height, data }: GreyBitmap): GreyBitmap {
  const histogram = histogramOf(data);
  const paper = percentile(histogram, data.length * 0.7);
  const ink = inkOf(histogram, data.length, paper);
  const range = Math.max(1, paper - ink);
  const stretched = Uint8Array.from(histogram, (_, grey) =>
    Math.max(0, Math.min(white, ((grey - ink) * white) / range)),
  );
  const result = new Uint8Array(data.length);
  // Millions of dots: plain loops, here and below, are several times as fast as iterators and callbacks.
  for (let dot = 0; dot < data.length; dot++) result[dot] = stretched[data[dot] ?? white] ?? white;
  return { width, height, channels: 1, data: result };
}

/** The grey of well-inked dots. A page of a few words has so little ink that it is looked for among dark dots only. */
function inkOf(histogram: Uint32Array, dots: number, paper: number): number {
  const ink = percentile(histogram, dots * 0.005);
  if (paper - ink >= clearContrast) return ink;
  const dark = histogram.subarray(0, Math.max(0, paper - minContrast)).reduce((sum, count) => sum + count, 0);
  return Math.min(ink, percentile(histogram, dark * 0.1), paper - minContrast);
}

/** How many dots there are of each grey. */
export function histogramOf(data: Uint8Array): Uint32Array {
  const histogram = new Uint32Array(256);
  for (let dot = 0; dot < data.length; dot++) {
    const grey = data[dot] ?? white;
    histogram[grey] = (histogram[grey] ?? 0) + 1;
  }
  return histogram;
}

/** Whether all dots are nearly of one grey. */
export function isBlank({ data }: GreyBitmap): boolean {
  let [darkest, lightest] = [white, 0];
  for (let dot = 0; dot < data.length; dot++) {
    const grey = data[dot] ?? white;
    if (grey < darkest) darkest = grey;
    if (grey > lightest) lightest = grey;
    if (lightest - darkest >= minContrast) return false;
  }
  return true;
}

/** The grey below which so many dots lie. */
export function percentile(histogram: Uint32Array, dots: number): number {
  let seen = 0;
  return Math.max(
    0,
    histogram.findIndex((count) => (seen += count) > dots),
  );
}

/** Larger or smaller by a factor: the mean of the dots covered when smaller, bilinear when larger. */
export function scale(bitmap: GreyBitmap, factor: number): GreyBitmap {
  const width = Math.max(1, Math.round(bitmap.width * factor));
  const height = Math.max(1, Math.round(bitmap.height * factor));
  if (width === bitmap.width && height === bitmap.height) return bitmap;
  return factor < 1
    ? shrink(bitmap, width, height)
    : transform(bitmap, width, height, [1 / factor, 0, 0, 0, 1 / factor, 0]);
}

function shrink(bitmap: GreyBitmap, width: number, height: number): GreyBitmap {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.floor((y * bitmap.height) / height), Math.ceil(((y + 1) * bitmap.height) / height)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.floor((x * bitmap.width) / width), Math.ceil(((x + 1) * bitmap.width) / width)];
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let at = row * bitmap.width + left; at < row * bitmap.width + right; at++) sum += bitmap.data[at] ?? white;
      }
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, channels: 1, data };
}

/** A part of the picture, its box in fractions. */
export function crop(bitmap: GreyBitmap, box: Box): GreyBitmap {
  const left = Math.max(0, Math.floor(box.x * bitmap.width));
  const top = Math.max(0, Math.floor(box.y * bitmap.height));
  const width = Math.max(1, Math.min(bitmap.width - left, Math.round(box.width * bitmap.width)));
  const height = Math.max(1, Math.min(bitmap.height - top, Math.round(box.height * bitmap.height)));
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * bitmap.width + left;
    data.set(bitmap.data.subarray(from, from + width), y * width);
  }
  return { width, height, channels: 1, data };
}

/** Turned clockwise about its middle, the size kept; `radians` is small. */
export function rotate(bitmap: GreyBitmap, radians: number): GreyBitmap {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [middleX, middleY] = [bitmap.width / 2, bitmap.height / 2];
  const shiftX = middleX - middleX * cos - middleY * sin;
  const shiftY = middleY + middleX * sin - middleY * cos;
  return transform(bitmap, bitmap.width, bitmap.height, [cos, sin, shiftX, -sin, cos, shiftY]);
}

/** Turned clockwise by quarters. */
export function turn(bitmap: GreyBitmap, quarters: Quarters): GreyBitmap {
  if (quarters === 0) return bitmap;
  const { width, height, data } = bitmap;
  const turned = new Uint8Array(data.length);
  // Where the first dot goes, and how far from it the next one across and the next one down.
  const [first, across, down] = {
    1: [height - 1, height, -1] as const,
    2: [width * height - 1, -1, -width] as const,
    3: [(width - 1) * height, -height, 1] as const,
  }[quarters];
  for (let y = 0; y < height; y++) {
    let at = first + y * down;
    for (let dot = y * width; dot < (y + 1) * width; dot++, at += across) turned[at] = data[dot] ?? white;
  }
  return quarters === 2
    ? { width, height, channels: 1, data: turned }
    : { width: height, height: width, channels: 1, data: turned };
}

/** `[a, b, c, d, e, f]`: what goes to `(x, y)` stands at `(a·x + b·y + c, d·x + e·y + f)`. */
type Source = readonly [number, number, number, number, number, number];

/** Fills a new picture, bilinear; outside is paper. */
function transform(bitmap: GreyBitmap, width: number, height: number, source: Source): GreyBitmap {
  const [a, b, c, d, e, f] = source;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sourceX = a * (x + 0.5) + b * (y + 0.5) + c;
      const sourceY = d * (x + 0.5) + e * (y + 0.5) + f;
      const outside = sourceX < 0 || sourceY < 0 || sourceX > bitmap.width || sourceY > bitmap.height;
      data[y * width + x] = outside ? white : sample(bitmap, sourceX - 0.5, sourceY - 0.5);
    }
  }
  return { width, height, channels: 1, data };
}

function sample({ width, height, data }: GreyBitmap, x: number, y: number): number {
  const left = Math.max(0, Math.min(width - 1, Math.floor(x)));
  const top = Math.max(0, Math.min(height - 1, Math.floor(y)));
  const across = Math.max(0, Math.min(1, x - left));
  const down = Math.max(0, Math.min(1, y - top));
  const at = top * width + left;
  const right = left < width - 1 ? 1 : 0;
  const below = top < height - 1 ? width : 0;
  const upper = (data[at] ?? white) * (1 - across) + (data[at + right] ?? white) * across;
  const lower = (data[at + below] ?? white) * (1 - across) + (data[at + below + right] ?? white) * across;
  return upper * (1 - down) + lower * down;
}

/** A portable greymap, the plainest file that Leptonica reads. */
export function toPgm({ width, height, data }: GreyBitmap): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n${white}\n`, 'latin1'), data]);
}
