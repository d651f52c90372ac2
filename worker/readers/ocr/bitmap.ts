import type { Box } from '#lib/extraction/page.ts';
import type { Bitmap } from '../reader.ts';

/** A picture in shades of grey, one byte a dot. */
export interface GreyBitmap extends Bitmap {
  channels: 1;
  data: Uint8Array;
}

/** Quarter turns, clockwise. */
export type Quarters = 0 | 1 | 2 | 3;

const white = 255;
/** Greys between ink and paper, at least. */
const leastContrast = 12;

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
  const histogram = new Uint32Array(256);
  for (const grey of data) histogram[grey] = (histogram[grey] ?? 0) + 1;
  const ink = percentile(histogram, data.length * 0.005);
  const paper = percentile(histogram, data.length * 0.7);
  const range = Math.max(1, paper - ink);
  const stretched = histogram.map((_, grey) => Math.max(0, Math.min(white, ((grey - ink) * white) / range)));
  return { width, height, channels: 1, data: data.map((grey) => stretched[grey] ?? grey) };
}

/** Whether all dots are nearly of one grey. */
export function isBlank({ data }: GreyBitmap): boolean {
  let [darkest, lightest] = [white, 0];
  for (const grey of data) {
    if (grey < darkest) darkest = grey;
    if (grey > lightest) lightest = grey;
  }
  return lightest - darkest < leastContrast;
}

function percentile(histogram: Uint32Array, dots: number): number {
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
    : transform(bitmap, width, height, (x, y) => [x / factor, y / factor]);
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
  return transform(bitmap, bitmap.width, bitmap.height, (x, y) => {
    const [dx, dy] = [x - middleX, y - middleY];
    return [middleX + dx * cos + dy * sin, middleY - dx * sin + dy * cos];
  });
}

/** Turned clockwise by quarters. */
export function turn(bitmap: GreyBitmap, quarters: Quarters): GreyBitmap {
  if (quarters === 0) return bitmap;
  const { width, height, data } = bitmap;
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = {
        1: x * height + (height - 1 - y),
        2: (height - 1 - y) * width + (width - 1 - x),
        3: (width - 1 - x) * height + y,
      };
      turned[at[quarters]] = data[y * width + x] ?? white;
    }
  }
  return quarters === 2
    ? { width, height, channels: 1, data: turned }
    : { width: height, height: width, channels: 1, data: turned };
}

/** Fills a new picture with what stands at `source(x, y)`, bilinear; outside is paper. */
function transform(
  bitmap: GreyBitmap,
  width: number,
  height: number,
  source: (x: number, y: number) => [number, number],
): GreyBitmap {
  const data = new Uint8Array(width * height);
  const lastX = bitmap.width - 1;
  const lastY = bitmap.height - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sourceX, sourceY] = source(x + 0.5, y + 0.5);
      const outside = sourceX < 0 || sourceY < 0 || sourceX > bitmap.width || sourceY > bitmap.height;
      data[y * width + x] = outside ? white : sample(sourceX - 0.5, sourceY - 0.5);
    }
  }
  return { width, height, channels: 1, data };

  function sample(x: number, y: number): number {
    const left = Math.max(0, Math.min(lastX, Math.floor(x)));
    const top = Math.max(0, Math.min(lastY, Math.floor(y)));
    const across = Math.max(0, Math.min(1, x - left));
    const down = Math.max(0, Math.min(1, y - top));
    const at = top * bitmap.width + left;
    const right = left < lastX ? 1 : 0;
    const below = top < lastY ? bitmap.width : 0;
    const upper = (bitmap.data[at] ?? white) * (1 - across) + (bitmap.data[at + right] ?? white) * across;
    const lower =
      (bitmap.data[at + below] ?? white) * (1 - across) + (bitmap.data[at + below + right] ?? white) * across;
    return upper * (1 - down) + lower * down;
  }
}

/** A portable greymap, the plainest file that Leptonica reads. */
export function toPgm({ width, height, data }: GreyBitmap): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n${white}\n`, 'latin1'), data]);
}
