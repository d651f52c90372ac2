export interface ImageSize {
  width: number;
  height: number;
}

/** The size that an image's header claims, or null when it is not understood: PNG, JPEG, GIF, BMP and WebP. */
export function readImageSize(bytes: Buffer): ImageSize | null {
  try {
    if (bytes.toString('latin1', 1, 4) === 'PNG')
      return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    if (bytes.toString('latin1', 0, 3) === 'GIF') return gifSize(bytes);
    if (bytes.toString('latin1', 0, 2) === 'BM') return bmpSize(bytes);
    if (bytes.toString('latin1', 8, 12) === 'WEBP') return webpSize(bytes);
    if (bytes.readUInt16BE(0) === 0xff_d8) return jpegSize(bytes);
    return null;
  } catch (error) {
    // The header ends in the middle of a number.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The screen, made larger where the first frame reaches beyond it, as decoders do. */
function gifSize(bytes: Buffer): ImageSize {
  const screen = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  const flags = bytes.readUInt8(10);
  const frame = afterExtensions(bytes, 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0));
  if (frame + 9 > bytes.length || bytes.readUInt8(frame) !== gifFrame) return screen;
  return {
    width: Math.max(screen.width, bytes.readUInt16LE(frame + 1) + bytes.readUInt16LE(frame + 5)),
    height: Math.max(screen.height, bytes.readUInt16LE(frame + 3) + bytes.readUInt16LE(frame + 7)),
  };
}

const gifExtension = 0x21;
const gifFrame = 0x2c;

/** Where the first block begins that is not an extension; each of those is a chain of pieces, ended by an empty one. */
function afterExtensions(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes.readUInt8(at) === gifExtension) {
    at += 2;
    while (bytes.readUInt8(at) > 0) at += 1 + bytes.readUInt8(at);
    at += 1;
  }
  return at;
}

function bmpSize(bytes: Buffer): ImageSize {
  const isOld = bytes.readUInt32LE(14) === 12;
  if (isOld) return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
  return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
}

function webpSize(bytes: Buffer): ImageSize | null {
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3f_ff, height: bytes.readUInt16LE(28) & 0x3f_ff };
  if (chunk !== 'VP8L') return null;
  const packed = bytes.readUInt32LE(21);
  return { width: (packed & 0x3f_ff) + 1, height: ((packed >>> 14) & 0x3f_ff) + 1 };
}

/** Walks the segments to the start of frame. */
function jpegSize(bytes: Buffer): ImageSize | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    const marker = bytes.readUInt8(at + 1);
    if (bytes.readUInt8(at) !== 0xff || marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    const hasLength = !(marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8));
    at += 2 + (hasLength ? bytes.readUInt16BE(at + 2) : 0);
  }
  return null;
}
