import { isDingbatsFont } from '../glyph.ts';
import { applyLinear, type Vector } from '../matrix.ts';
import type { Pdfium } from './load.ts';
import { withMemory } from './memory.ts';
import type { OpenPage } from './open-page.ts';

/** What the signs of one piece of drawn text have in common. */
export interface Style {
  /** Of writing, on the page as it is shown, a vector of length 1. */
  direction: Vector;
  /** The height of the font, away from the baseline. */
  up: Vector;
  height: number;
  isDingbats: boolean;
}

/** Finds the style of the text of which this is a sign; `memory` has room for six floats. */
export type StyleOf = (at: number, object: number, memory: number) => Style;

/** A page may show each sign on its own: what is found of a font is kept. */
export function openStyles({ pdfium, matrix }: OpenPage, text: number): StyleOf {
  const { wasmExports: calls } = pdfium.pdfium;
  const dingbats = new Map<number, boolean>();
  return (at, object, memory) => {
    calls.FPDFText_GetMatrix(text, at, memory);
    const { HEAPF32 } = pdfium.pdfium;
    const [from, size] = [memory / 4, calls.FPDFText_GetFontSize(text, at)];
    const [a = 1, b = 0, c = 0, d = 1] = HEAPF32.subarray(from, from + 4);
    const step = applyLinear(matrix, size < 0 ? -a : a, size < 0 ? -b : b);
    const scale = Math.hypot(step.x, step.y) || 1;
    const up = applyLinear(matrix, c * size, d * size);
    const font = calls.FPDFTextObj_GetFont(object);
    let isDingbats = dingbats.get(font);
    if (isDingbats === undefined) dingbats.set(font, (isDingbats = isDingbatsFont(fontNameOf(pdfium, font))));
    return { direction: { x: step.x / scale, y: step.y / scale }, up, height: Math.hypot(up.x, up.y), isDingbats };
  };
}

function fontNameOf(pdfium: Pdfium, font: number): string {
  if (font === 0) return '';
  const bytes = pdfium.FPDFFont_GetBaseFontName(font, 0, 0);
  return withMemory(pdfium, bytes + 1, (buffer) => {
    pdfium.FPDFFont_GetBaseFontName(font, buffer, bytes);
    return pdfium.pdfium.UTF8ToString(buffer, bytes);
  });
}
