import type { GreyBitmap } from '#worker/readers/ocr/bitmap.ts';

/** How a TIFF is written; plain grey, eight bits, little-endian without any of these. */
interface TiffShape {
  isBig?: boolean;
  isBigEndian?: boolean;
  bits?: 4 | 8;
  /** Red, green and blue, each in a plane of its own. */
  isPlanar?: boolean;
  compression?: number;
  /** Tag 254. */
  subfile?: number;
  /** The frame behind it is itself. */
  isCircular?: boolean;
}

/** A TIFF of a grey picture, one strip for each plane, nothing packed. */
export function tiffOf(picture: GreyBitmap, shape: TiffShape = {}): Buffer {
  const {
    isBig = false,
    isBigEndian = false,
    bits = 8,
    isPlanar = false,
    compression = 1,
    subfile = 0,
    isCircular,
  } = shape;
  const { width, height } = picture;
  const plane = bits === 8 ? Buffer.from(picture.data) : packed(picture);
  const planes = isPlanar ? 3 : 1;
  const head = isBig ? 16 : 8;
  const offsets = Array.from({ length: planes }, (_, index) => head + index * plane.length);
  const tags: [number, number[]][] = [
    [254, [subfile]],
    [256, [width]],
    [257, [height]],
    [258, Array.from({ length: planes }, () => bits)],
    [259, [compression]],
    [262, [isPlanar ? 2 : 1]],
    [273, offsets],
    [277, [planes]],
    [278, [height]],
    [279, offsets.map(() => plane.length)],
    [284, [isPlanar ? 2 : 1]],
  ];
  const start = head + planes * plane.length;
  const entry = isBig ? 20 : 12;
  const room = isBig ? 8 : 4;
  const lists = start + (isBig ? 16 : 6) + tags.length * entry;
  const file = Buffer.alloc(lists + tags.length * 16);
  file.write(isBigEndian ? 'MM' : 'II', 'latin1');
  short(isBig ? 43 : 42, 2);
  if (isBig) short(8, 4);
  long(start, isBig ? 8 : 4);
  offsets.forEach((offset) => plane.copy(file, offset));
  short(tags.length, start);
  if (isCircular) long(start, start + 2 + tags.length * entry);
  let free = lists;
  tags.forEach(([tag, values], index) => {
    const at = start + (isBig ? 8 : 2) + index * entry;
    short(tag, at);
    short(4, at + 2);
    long(values.length, at + 4);
    const value = at + (isBig ? 12 : 8);
    const isInside = values.length * 4 <= room;
    if (!isInside) long(free, value);
    values.forEach((item, place) => long(item, (isInside ? value : free) + place * 4));
    if (!isInside) free += values.length * 4;
  });
  return file;

  function short(value: number, at: number): void {
    if (isBigEndian) file.writeUInt16BE(value, at);
    else file.writeUInt16LE(value, at);
  }
  function long(value: number, at: number): void {
    if (isBigEndian) file.writeUInt32BE(value, at);
    else file.writeUInt32LE(value, at);
  }
}

/** Two dots a byte. */
function packed({ width, height, data }: GreyBitmap): Buffer {
  const bytes = Buffer.alloc(Math.ceil(width / 2) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * Math.ceil(width / 2) + (x >> 1);
      bytes[at] = (bytes[at] ?? 0) | (((data[y * width + x] ?? 0) >> 4) << (x % 2 === 0 ? 4 : 0));
    }
  }
  return bytes;
}
