import type { Word } from '#lib/extraction/page.ts';

/** A run of text as pdf.js gives it: its transform is `[a, b, c, d, x, y]` in PDF space, its width in points. */
export interface TextRun {
  text: string;
  transform: number[];
  width: number;
}

interface Viewport {
  width: number;
  height: number;
  transform: number[];
}

/** Letters are not equally wide; these shares of a line's height are near enough to part a run into words. */
const narrow = /[ilj.,;:!|'`()[\]{}fjrtI/\\-]/;
const wide = /[mwMWOQGDH@%&]/;

function weight(character: string): number {
  if (character === ' ') return 0.28;
  if (narrow.test(character)) return 0.32;
  return wide.test(character) ? 0.82 : 0.55;
}

/** How much of a letter's height stands above the baseline, and below it. */
const ascent = 0.8;
const descent = 0.2;

/** Parts a run at its spaces into words with boxes, in whatever direction the run is written. */
export function wordsOfRun(run: TextRun, viewport: Viewport): Word[] {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = multiply(viewport.transform, run.transform);
  const size = Math.hypot(c, d);
  const scale = Math.hypot(a, b) / (Math.hypot(run.transform[0] ?? 1, run.transform[1] ?? 0) || 1);
  const length = run.width * scale;
  const along = { x: a / (Math.hypot(a, b) || 1), y: b / (Math.hypot(a, b) || 1) };
  const up = { x: c / (size || 1), y: d / (size || 1) };
  const characters = [...run.text];
  const total = characters.reduce((sum, character) => sum + weight(character), 0) || 1;

  const words: Word[] = [];
  let at = 0;
  let start = 0;
  let text = '';
  const flush = () => {
    if (text !== '') words.push({ ...boxOf(start, at), text: text.normalize('NFKC'), confidence: null });
    text = '';
  };
  for (const character of characters) {
    if (/\s/.test(character)) flush();
    else if (text === '') start = at;
    if (!/\s/.test(character)) text += character;
    at += (weight(character) / total) * length;
  }
  flush();
  return words;

  function boxOf(from: number, to: number) {
    const corners = [from, to].flatMap((distance) =>
      [-descent, ascent].map((rise) => ({
        x: x + along.x * distance + up.x * size * rise,
        y: y + along.y * distance + up.y * size * rise,
      })),
    );
    const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return {
      x: left / viewport.width,
      y: top / viewport.height,
      width: (Math.max(...xs) - left) / viewport.width,
      height: (Math.max(...ys) - top) / viewport.height,
    };
  }
}

function multiply(m: number[], n: number[]): number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
