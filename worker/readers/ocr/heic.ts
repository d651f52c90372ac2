import { createRequire } from 'node:module';
import { DocumentError } from '#lib/core/failures.ts';
import type { Bitmap } from '../reader.ts';
import type { ImageSize } from './image-size.ts';

/** A picture of a HEIC file: of a photo the photo, of a burst each. */
export interface HeicFrame {
  size: ImageSize;
  /** As it is shown: the turns that the file states are made. */
  decode(): Promise<Bitmap>;
}

interface HeicPicture {
  width: number;
  height: number;
  decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray }>;
}

interface Library {
  all(input: { buffer: Uint8Array }): Promise<HeicPicture[]>;
}

/**
 * The pictures of a HEIC file, none decoded yet. What decodes them is an optional package, for its licence (LGPL).
 * @throws DocumentError `unsupported_file` where the package is not installed
 */
export async function openHeic(bytes: Buffer): Promise<HeicFrame[]> {
  const pictures = await loadLibrary().all({ buffer: bytes });
  return pictures.map((picture) => ({
    size: { width: picture.width, height: picture.height },
    decode: async () => ({ ...(await picture.decode()), channels: 4 as const }),
  }));
}

function loadLibrary(): Library {
  try {
    return createRequire(import.meta.url)('heic-decode') as Library;
  } catch (error) {
    throw new DocumentError(
      'unsupported_file',
      'HEIC pictures need an optional package: run npm install heic-decode, restart and retry, or save the picture as JPEG.',
      { cause: error },
    );
  }
}
