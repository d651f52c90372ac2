import { z } from 'zod';
import type { Box } from '#lib/core/pages/page.ts';
import { drawnMarks } from './boxes.ts';
import { joinCombs } from './combs.ts';
import { isDingbatsFont } from './glyph.ts';
import { type FontAbout, glyphsOf } from './glyphs.ts';
import { marksOf, withMarks } from './marks.ts';
import { applyLinear, toMatrix, unchanged } from './matrix.ts';
import type { PdfPage } from './open.ts';
import { isLong } from './operators.ts';
import { pathsOf } from './paths.ts';
import { loadPdfJs } from './pdfjs.ts';
import { isLayerOfScan } from './seen-layer.ts';
import { type Heard, heedWarnings } from './warnings.ts';
import { type DirectedWord, wordsOf } from './words.ts';

export interface TextLayer extends Heard {
  layer: readonly DirectedWord[];
  /** Whether more is drawn than on any page that people make. */
  isLong: boolean;
  /** Whether it is another program's reading of a scan. */
  isOfScan: boolean;
  /** Where its pictures are, as fractions of the page, when that is known before it is drawn. */
  pictures?: readonly Box[];
}

/** The words of a page's text layer, boxes as fractions of the page as it is shown, rotation and crop applied. */
export async function readTextLayer(page: PdfPage): Promise<TextLayer> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const { value: operators, ...heard } = await heedWarnings(() => page.getOperatorList({ intent: 'display' }));
  const shown = { width, height, matrix: toMatrix(transform) ?? unchanged };
  const { OPS } = await loadPdfJs();
  const about = { width, height, direction: applyLinear(shown.matrix, 1, 0) };
  const glyphs = glyphsOf(operators, OPS, (name) => fontOf(page, name), shown);
  const words = joinCombs(wordsOf(glyphs, shown), width / height);
  const inForm = await marksOf(page, shown);
  const isTooLong = isLong(operators);
  const isForm = inForm.length > 0 || isTooLong;
  const drawn = isForm ? [] : drawnMarks(pathsOf(operators, OPS, shown.matrix), words, about);
  const isOfScan = isLayerOfScan(operators, OPS);
  return { layer: withMarks(words, [...inForm, ...drawn]), isLong: isTooLong, isOfScan, ...heard };
}

const fontSchema = z.object({
  vertical: z.boolean().catch(false),
  fontMatrix: z.array(z.number()).optional().catch([]),
  name: z.string().optional().catch(undefined),
});

/** What is said of a font that the page uses; a broken one counts as a plain one. */
function fontOf(page: PdfPage, name: string): FontAbout {
  const {
    vertical,
    fontMatrix,
    name: fontName = '',
  } = fontSchema.parse(page.commonObjs.has(name) ? page.commonObjs.get(name) : {});
  return { vertical, unit: fontMatrix?.[0] || 0.001, isDingbats: isDingbatsFont(fontName) };
}
