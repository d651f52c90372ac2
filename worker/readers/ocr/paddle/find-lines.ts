import type { InferenceSession } from 'onnxruntime-node';
import type { Box } from '#lib/core/pages/page.ts';
import { type GreyBitmap, scale } from '../bitmap.ts';
import { run } from './run.ts';

/** As many dots as the model was trained on; more of them find no more lines. */
const maxDots = 960 * 960;
/** The model halves its picture five times. */
const step = 32;
/** How surely a dot lies in a line, and a line is one. */
const minDot = 0.3;
const minLine = 0.5;
const minHeight = 3;
/** Lines are found thinner than they are, by their area over their outline times this. */
const growth = 1.5;
/** What the model was trained with, for red, green and blue. */
const means = [0.485, 0.456, 0.406];
const deviations = [0.229, 0.224, 0.225];

/** Where lines of print stand on an upright page, in fractions of it. */
export async function findLines(model: InferenceSession, picture: GreyBitmap): Promise<Box[]> {
  const small = scale(picture, Math.min(1, Math.sqrt(maxDots / (picture.width * picture.height))));
  const [width, height] = [roundUp(small.width), roundUp(small.height)];
  const input = new Float32Array(3 * width * height);
  for (let part = 0; part < 3; part++) {
    const [mean, deviation] = [means[part] ?? 0, deviations[part] ?? 1];
    const paper = (1 - mean) / deviation;
    input.fill(paper, part * width * height, (part + 1) * width * height);
    for (let y = 0; y < small.height; y++) {
      const [to, from] = [part * width * height + y * width, y * small.width];
      for (let x = 0; x < small.width; x++) {
        input[to + x] = ((small.data[from + x] ?? 255) / 255 - mean) / deviation;
      }
    }
  }
  const { data } = await run(model, input, [1, 3, height, width]);
  return boxesOf(data, width, height).map((box) => onPage(box, small));
}

function roundUp(dots: number): number {
  return Math.ceil(dots / step) * step;
}

interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The areas of dots that hang together, each surely a line, grown to its full size. */
function boxesOf(likelihood: Float32Array, width: number, height: number): Area[] {
  const seen = new Uint8Array(width * height);
  const boxes: Area[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || (likelihood[start] ?? 0) < minDot) continue;
    const { area, mean } = floodFrom(start);
    const [wide, high] = [area.right - area.left + 1, area.bottom - area.top + 1];
    if (high < minHeight || mean < minLine) continue;
    const grow = (wide * high * growth) / (2 * (wide + high));
    boxes.push({
      left: area.left - grow,
      top: area.top - grow,
      right: area.right + 1 + grow,
      bottom: area.bottom + 1 + grow,
    });
  }
  return boxes;

  function floodFrom(start: number): { area: Area; mean: number } {
    const area: Area = { left: width, top: height, right: 0, bottom: 0 };
    const open = [start];
    seen[start] = 1;
    let [sum, count] = [0, 0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      area.left = Math.min(area.left, x);
      area.right = Math.max(area.right, x);
      area.top = Math.min(area.top, y);
      area.bottom = Math.max(area.bottom, y);
      sum += likelihood[at] ?? 0;
      count += 1;
      if (x > 0) visit(open, at - 1);
      if (x < width - 1) visit(open, at + 1);
      visit(open, at - width);
      visit(open, at + width);
    }
    return { area, mean: sum / count };
  }

  function visit(open: number[], at: number): void {
    if (at < 0 || at >= seen.length || seen[at] || (likelihood[at] ?? 0) < minDot) return;
    seen[at] = 1;
    open.push(at);
  }
}

function onPage({ left, top, right, bottom }: Area, { width, height }: GreyBitmap): Box {
  const [x, y] = [Math.max(0, left / width), Math.max(0, top / height)];
  return { x, y, width: Math.min(1, right / width) - x, height: Math.min(1, bottom / height) - y };
}
