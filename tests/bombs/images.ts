import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey PNG, one bit a dot, all white: a hundred million of them are a few kilobytes. */
export function whitePng(
  width: number,
  height: number,
  pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height, 0)),
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A GIF, BMP or WebP that ends after a header that claims a size. */
export const headersOnly = {
  gif(width: number, height: number): Buffer {
    const header = Buffer.alloc(13);
    header.write('GIF89a', 'latin1');
    header.writeUInt16LE(width, 6);
    header.writeUInt16LE(height, 8);
    return Buffer.concat([
      header,
      Buffer.from([0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 2, 0, 0x3b]),
    ]);
  },
  bmp(width: number, height: number): Buffer {
    const header = Buffer.alloc(58);
    header.write('BM', 'latin1');
    header.writeUInt32LE(54, 10);
    header.writeUInt32LE(40, 14);
    header.writeInt32LE(width, 18);
    header.writeInt32LE(height, 22);
    header.writeUInt16LE(1, 26);
    header.writeUInt16LE(24, 28);
    return header;
  },
  webp(width: number, height: number): Buffer {
    const header = Buffer.alloc(64);
    header.write('RIFF', 0, 'latin1');
    header.writeUInt32LE(56, 4);
    header.write('WEBPVP8X', 8, 'latin1');
    header.writeUInt32LE(10, 16);
    header.writeUIntLE(width - 1, 24, 3);
    header.writeUIntLE(height - 1, 27, 3);
    return header;
  },
};

/** A TIFF of so many frames, each claiming a size; `cyclic` makes the last point back to the first. */
export function tiff(frames: number, width: number, height: number, cyclic = false): Buffer {
  const entries = 8;
  const length = 2 + entries * 12 + 4;
  const bytes = Buffer.alloc(8 + frames * length + 8);
  bytes.write('II*\0', 0, 'latin1');
  bytes.writeUInt32LE(8, 4);
  for (let frame = 0; frame < frames; frame++) {
    const at = 8 + frame * length;
    bytes.writeUInt16LE(entries, at);
    const values = [
      [256, width],
      [257, height],
      [258, 8],
      [259, 1],
      [262, 1],
      [273, bytes.length - 8],
      [278, height],
      [279, 8],
    ] as const;
    for (const [index, [tag, value]] of values.entries()) {
      bytes.writeUInt16LE(tag, at + 2 + index * 12);
      bytes.writeUInt16LE(4, at + 4 + index * 12);
      bytes.writeUInt32LE(1, at + 6 + index * 12);
      bytes.writeUInt32LE(value, at + 10 + index * 12);
    }
    const isLast = frame === frames - 1;
    bytes.writeUInt32LE(isLast ? (cyclic ? 8 : 0) : at + length, at + 2 + entries * 12);
  }
  return bytes;
}
