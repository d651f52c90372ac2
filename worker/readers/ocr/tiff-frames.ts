import { readFile } from 'node:fs/promises';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import Utif, { type IFD } from 'utif2';
import { DocumentError } from '#lib/core/failures.ts';
import type { Bitmap, FileToRead } from '../reader.ts';
import { type ImageSize, readImageSize } from './image-size.ts';
import { oriented } from './orientation.ts';

/** An image in memory takes four bytes a dot. */
const maxPixels = 50_000_000;

/** A picture of an image file: its size is known before it is decoded. */
export interface Frame {
  /** As it is shown, when it is decoded. */
  decode(): Promise<Bitmap>;
}

/**
 * The pictures of an image file, none decoded yet: every frame of a TIFF, the first of anything else.
 * @throws DocumentError `corrupt_file` or `too_large`
 */
export async function openFrames(file: FileToRead): Promise<Frame[]> {
  const bytes = await readFile(file.path);
  if (file.type === 'tiff') return openTiff(bytes);
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

async function decodeByCanvas(bytes: Buffer): Promise<Bitmap> {
  try {
    const image = await loadImage(bytes);
    const canvas = createCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { width, height, channels: 4, data };
  } catch (error) {
    throw damaged(error);
  }
}

function openTiff(bytes: Buffer): Frame[] {
  const directories = readDirectories(bytes).filter((directory) => sizeOf(directory).width > 0);
  if (directories.length === 0) throw damaged();
  for (const directory of directories) checkSize(sizeOf(directory));
  return directories.map((directory) => ({ decode: async () => decodeFrame(bytes, directory) }));
}

function readDirectories(bytes: Buffer): IFD[] {
  try {
    return Utif.decode(bytes);
  } catch (error) {
    throw damaged(error);
  }
}

/** Tags 256 and 257 hold width and height. */
function sizeOf(directory: IFD): ImageSize {
  const first = (tag: unknown) => (Array.isArray(tag) ? Number(tag[0]) : 0);
  return { width: first(directory.t256), height: first(directory.t257) };
}

function decodeFrame(bytes: Buffer, directory: IFD): Bitmap {
  try {
    Utif.decodeImage(bytes, directory);
    const { width, height, t274 } = directory;
    const bitmap: Bitmap = { width, height, channels: 4, data: Utif.toRGBA8(directory) };
    return oriented(bitmap, Array.isArray(t274) ? Number(t274[0]) : 1);
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause?: unknown): DocumentError {
  return new DocumentError(
    'corrupt_file',
    'The image is damaged and cannot be opened. Save it again and upload that.',
    { cause },
  );
}
