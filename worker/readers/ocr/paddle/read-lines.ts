import type { InferenceSession } from 'onnxruntime-node';
import type { Box } from '#lib/core/pages/page.ts';
import { crop, type GreyBitmap, scale } from '../bitmap.ts';
import type { SeenWord } from '../tsv.ts';
import { run } from './run.ts';
import { wordsOf } from './words.ts';

/** The model reads lines of this height, up to this width. */
const lineHeight = 48;
const minWidth = 48;
const maxWidth = 2400;
/** Lines that are read together; they are padded to the widest of them. */
const batchSize = 6;
/** Below this mean confidence a line is a picture or a blot. */
const minConfidence = 0.4;

interface Line {
  box: Box;
  picture: GreyBitmap;
}

/** What the lines of a page say, word by word. `characters` as the model numbers them. */
export async function readLines(
  model: InferenceSession,
  characters: readonly string[],
  page: GreyBitmap,
  boxes: readonly Box[],
): Promise<SeenWord[]> {
  const lines = boxes
    .map((box) => ({ box, picture: atLineHeight(crop(page, box)) }))
    .filter(({ picture }) => picture.width <= maxWidth)
    .toSorted((a, b) => a.picture.width - b.picture.width);
  const words: SeenWord[] = [];
  for (let from = 0; from < lines.length; from += batchSize) {
    words.push(...(await readBatch(model, characters, lines.slice(from, from + batchSize))));
  }
  return words;
}

function atLineHeight(picture: GreyBitmap): GreyBitmap {
  return scale(picture, lineHeight / picture.height);
}

async function readBatch(
  model: InferenceSession,
  characters: readonly string[],
  lines: readonly Line[],
): Promise<SeenWord[]> {
  const width = Math.max(minWidth, ...lines.map(({ picture }) => picture.width));
  const plane = lineHeight * width;
  const input = new Float32Array(lines.length * 3 * plane);
  for (const [index, { picture }] of lines.entries()) {
    for (let y = 0; y < Math.min(lineHeight, picture.height); y++) {
      for (let x = 0; x < picture.width; x++) {
        const value = (picture.data[y * picture.width + x] ?? 255) / 127.5 - 1;
        const at = index * 3 * plane + y * width + x;
        input[at] = input[at + plane] = input[at + 2 * plane] = value;
      }
    }
  }
  const { data, dims } = await run(model, input, [lines.length, 3, lineHeight, width]);
  const [, steps = 0, classes = 0] = dims;
  return lines.flatMap(({ box, picture }, index) => {
    const steady = data.subarray(index * steps * classes, (index + 1) * steps * classes);
    const words = wordsOf(steady, characters, { box, picture, stepWidth: width / steps });
    const letters = words.reduce((sum, { text }) => sum + text.length, 0);
    const sure = words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
    return sure >= letters * minConfidence ? words : [];
  });
}
