import { createCanvas, ImageData } from '@napi-rs/canvas';
import { DocumentError } from '#lib/core/failures.ts';
import type { Bitmap, Reader } from '../reader.ts';
import { type Frame, openFrames } from './frames.ts';

/** Reads images: every frame is a page, recognised by OCR. */
export const imageReader: Reader = {
  version: 'image-3',
  countPages: async (file) => (await openFrames(file)).length,
  async *readPages(file, range, recognise) {
    const frames = await openFrames(file);
    for (let pageNum = range.from; pageNum < range.to; pageNum++) {
      const bitmap = await frameAt(frames, pageNum).decode();
      const { width, height } = bitmap;
      yield await recognise({
        pageNum,
        kind: 'image',
        width,
        height,
        title: null,
        render: async () => bitmap,
      });
    }
  },
  async renderPageImage(file, pageNum) {
    const bitmap = await frameAt(await openFrames(file), pageNum).decode();
    return toPng(bitmap);
  },
};

function frameAt(frames: readonly Frame[], pageNum: number): Frame {
  const frame = frames[pageNum];
  if (!frame) throw new DocumentError('corrupt_file', `The image has no frame ${pageNum + 1}.`);
  return frame;
}

function toPng(bitmap: Bitmap): Promise<Uint8Array> {
  const { width, height } = bitmap;
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(inColour(bitmap), width, height), 0, 0);
  return canvas.encode('png');
}

/** Red, green, blue and alpha of each dot, as a canvas takes them. */
function inColour({ channels, data }: Bitmap): Uint8ClampedArray {
  if (channels === 4) return new Uint8ClampedArray(data);
  const colours = new Uint8ClampedArray(data.length * 4).fill(255);
  for (let dot = 0; dot < data.length; dot++) colours.fill(data[dot] ?? 255, dot * 4, dot * 4 + 3);
  return colours;
}
