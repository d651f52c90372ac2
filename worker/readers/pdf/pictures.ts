import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '#lib/core/pages/page.ts';
import type { GreyBitmap } from '../ocr/bitmap.ts';

/** A share of the page: a smaller picture is a logo, a code, an icon. */
export const minPictureArea = 0.04;
const white = 255;

/** Gives where pictures are drawn on a canvas from now on, as fractions of it. */
export function watchPictures(context: SKRSContext2D): Box[] {
  const { width, height } = context.canvas;
  const boxes: Box[] = [];
  const draw = context.drawImage.bind(context);
  context.drawImage = (image: Parameters<typeof draw>[0], ...at: number[]) => {
    const [x = 0, y = 0, w = image.width, h = image.height] = at.length > 4 ? at.slice(4) : at;
    const matrix = context.getTransform();
    const corners = [
      { x, y },
      { x: x + w, y },
      { x, y: y + h },
      { x: x + w, y: y + h },
    ].map((corner) => ({
      x: (matrix.a * corner.x + matrix.c * corner.y + matrix.e) / width,
      y: (matrix.b * corner.x + matrix.d * corner.y + matrix.f) / height,
    }));
    const [left, right] = [Math.min(...corners.map((c) => c.x)), Math.max(...corners.map((c) => c.x))];
    const [top, bottom] = [Math.min(...corners.map((c) => c.y)), Math.max(...corners.map((c) => c.y))];
    boxes.push({ x: left, y: top, width: right - left, height: bottom - top });
    Reflect.apply(draw, context, [image, ...at]);
  };
  return boxes;
}

/** What is seen in the pictures large enough to hold some lines of print, on white. */
export function onlyPictures({ width, height, data }: GreyBitmap, boxes: readonly Box[]): GreyBitmap {
  const seen = new Uint8Array(data.length).fill(white);
  for (const box of boxes.filter((each) => each.width * each.height >= minPictureArea)) {
    const [left, right] = [
      Math.max(0, Math.floor(box.x * width)),
      Math.min(width, Math.ceil((box.x + box.width) * width)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.floor(box.y * height)),
      Math.min(height, Math.ceil((box.y + box.height) * height)),
    ];
    for (let y = top; y < bottom; y++) {
      const from = y * width + left;
      seen.set(data.subarray(from, y * width + right), from);
    }
  }
  return { width, height, channels: 1, data: seen };
}
