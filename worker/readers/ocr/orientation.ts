import type { Bitmap } from '../reader.ts';

/** A picture as it is meant to be seen, by its orientation tag (TIFF 6.0 and Exif, 274): 1 as it is, 2–8 turned or mirrored. */
export function oriented(bitmap: Bitmap, orientation: number): Bitmap {
  if (!(orientation >= 2 && orientation <= 8)) return bitmap;
  const { width, height, channels, data } = bitmap;
  const isTurned = orientation >= 5;
  const size = isTurned ? { width: height, height: width } : { width, height };
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [toX, toY] = target(x, y, width, height, orientation);
      const [from, to] = [(y * width + x) * channels, (toY * size.width + toX) * channels];
      for (let part = 0; part < channels; part++) result[to + part] = data[from + part] ?? 0;
    }
  }
  return { ...size, channels, data: result };
}

/** Where a dot goes: row 0 and column 0 of what is stored are the edges that the tag names. */
function target(x: number, y: number, width: number, height: number, orientation: number): [number, number] {
  switch (orientation) {
    case 2:
      return [width - 1 - x, y];
    case 3:
      return [width - 1 - x, height - 1 - y];
    case 4:
      return [x, height - 1 - y];
    case 5:
      return [y, x];
    case 6:
      return [height - 1 - y, x];
    case 7:
      return [height - 1 - y, width - 1 - x];
    default:
      return [y, width - 1 - x];
  }
}
