import { readFile } from 'node:fs/promises';
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import { DocumentError } from '#lib/core/failures.ts';
import type { Bitmap, FileToRead } from '../reader.ts';
import { type ImageSize, readImageSize } from './image-size.ts';
import { openHeic } from './heic.ts';
import { openTiff } from './tiff.ts';

/** An image in memory takes four bytes a dot. */
const maxPixels = 50_000_000;

/** Print whose mean grey is above this is light. */
const lightPrint = 200;

/** A picture of an image file: its size is known before it is decoded. */
export interface Frame {
  /** As it is shown, when it is decoded. */
  decode(): Promise<Bitmap>;
}

/**
 * The pictures of an image file, none decoded yet: every frame of a TIFF or HEIC file, the first of anything else.
 * @throws DocumentError `corrupt_file` or `too_large`
 */
export async function openFrames(file: FileToRead): Promise<Frame[]> {
  const bytes = await readFile(file.path);
  if (file.type === 'tiff') return framesOf(() => openTiff(bytes));
  if (file.type === 'heic') return framesOf(() => openHeic(bytes));
  checkSize(readImageSize(bytes) ?? { width: 0, height: 0 });
  return [{ decode: () => decodeByCanvas(bytes) }];
}

/** The picture in an image that is part of another file. @throws DocumentError `corrupt_file` or `too_large` */
export async function decodeImage(bytes: Buffer): Promise<Bitmap> {
  checkSize(readImageSize(bytes) ?? { width: 0, height: 0 });
  return decodeByCanvas(bytes);
}

function checkSize({ width, height }: ImageSize): void {
  if (!(width > 0 && height > 0)) throw damaged();
  if (width * height <= maxPixels) return;
  const millions = Math.round((width * height) / 1_000_000);
  throw new DocumentError(
    'too_large',
    `The image has ${millions} million pixels (${width} × ${height}), ${maxPixels / 1_000_000} million are allowed. Save it smaller and upload that.`,
  );
}

/** Enough of a picture to tell what is behind it; all of a large one would take its memory again. */
const glanceSide = 600;

function glanceAt(image: Image): Uint8ClampedArray {
  const factor = Math.min(1, glanceSide / Math.max(image.width, image.height));
  const canvas = createCanvas(Math.max(1, image.width * factor), Math.max(1, image.height * factor));
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

async function decodeByCanvas(bytes: Buffer): Promise<Bitmap> {
  try {
    const image = await loadImage(bytes);
    const canvas = createCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.fillStyle = paperFor(glanceAt(image));
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { width, height, channels: 4, data };
  } catch (error) {
    throw damaged(error);
  }
}

/** The paper on which a picture with see-through parts can be seen: dark when all that it shows is light. */
function paperFor(data: Uint8ClampedArray): 'white' | 'black' {
  let [shown, light] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    shown += alpha;
    light += (alpha * ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0))) / 3;
  }
  return shown < (data.length / 4) * 255 && light > shown * lightPrint ? 'black' : 'white';
}

interface SizedFrame extends Frame {
  size: ImageSize;
}

async function framesOf(open: () => Promise<SizedFrame[]>): Promise<Frame[]> {
  const frames = await open().catch((error: unknown) => {
    throw error instanceof DocumentError ? error : damaged(error);
  });
  if (frames.length === 0) throw damaged();
  for (const { size } of frames) checkSize(size);
  return frames.map((frame) => ({
    decode: async () => {
      try {
        return await frame.decode();
      } catch (error) {
        throw error instanceof DocumentError ? error : damaged(error);
      }
    },
  }));
}

function damaged(cause?: unknown): DocumentError {
  return new DocumentError(
    'corrupt_file',
    'The image is damaged and cannot be opened. Save it again and upload that.',
    { cause },
  );
}
