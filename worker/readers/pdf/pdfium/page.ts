import { isTickable } from '../boxes.ts';
import type { Glyph } from '../glyph.ts';
import type { Matrix } from '../matrix.ts';
import { glyphsOf } from './glyphs.ts';
import type { Pdfium } from './load.ts';
import type { OpenPage } from './open-page.ts';
import { floatsAt, withMemory } from './memory.ts';
import { boxOf, kinds, objectsOf } from './objects.ts';
import { showsAllPictures } from './pictures.ts';

/** More signs than on any page that people make: `isLong` in operators.ts. */
const longPage = 100_000;
const linkSubtype = 2;
/** How text is painted when it is not (PDF 2.0, table 104). */
const invisible = 3;

/** Opens a page for the time of a call; null for one that PDFium refuses, or on which more is drawn than is looked at. */
export function withPage<T>(
  pdfium: Pdfium,
  document: number,
  pageNum: number,
  use: (page: OpenPage) => T | null,
): T | null {
  const page = pdfium.FPDF_LoadPage(document, pageNum);
  if (page === 0) return null;
  const { objects, hasForms, isLong } = objectsOf({ pdfium, page });
  const result = isLong ? null : use({ pdfium, page, ...shownBy(pdfium, page), objects, hasForms });
  pdfium.FPDF_ClosePage(page);
  return result;
}

/**
 * The signs of a page that holds nothing but text, lines and pictures; null for any other page. `isAsked`: also where
 * pdf.js would read more of it.
 */
export function plainGlyphs(page: OpenPage, isAsked: boolean): Glyph[] | null {
  if (hasFields(page) || !page.objects.every((object) => isPlain(page, object, isAsked))) return null;
  if (!showsAllPictures(page)) return null;
  const { pdfium } = page;
  const text = pdfium.FPDFText_LoadPage(page.page);
  if (text === 0) return null;
  const count = pdfium.FPDFText_CountChars(text);
  const glyphs = count > longPage ? null : glyphsOf(page, text, count, isAsked);
  pdfium.FPDFText_ClosePage(text);
  return glyphs;
}

/** Whether anything but links lies on the page: fields, stamps and notes are not a part of what PDFium reads. */
export function hasFields({ pdfium, page }: OpenPage): boolean {
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  for (let at = 0; at < count; at++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, at);
    if (annotation === 0) return true;
    const isLink = pdfium.FPDFAnnot_GetSubtype(annotation) === linkSubtype;
    pdfium.FPDFPage_CloseAnnot(annotation);
    if (!isLink) return true;
  }
  return false;
}

/** Whether an object is no box to tick, and no text behind a picture. */
function isPlain(page: OpenPage, object: number, isAsked: boolean): boolean {
  const { pdfium } = page;
  const kind = pdfium.pdfium.wasmExports.FPDFPageObj_GetType(object);
  // Where something in a form is seen, and how large, is known to the form alone.
  const isPlaced = isAsked || !page.hasForms;
  if (kind === kinds.image) return isPlaced;
  if (isAsked) return true;
  if (kind === kinds.text) return pdfium.FPDFTextObj_GetTextRenderMode(object) !== invisible;
  return kind !== kinds.path || !isStroked(page, object) || (isPlaced && !isTickable(boxOf(page, object)));
}

function isStroked({ pdfium }: OpenPage, object: number): boolean {
  return withMemory(pdfium, 8, (mode) => {
    pdfium.FPDFPath_GetDrawMode(object, mode, mode + 4);
    return pdfium.pdfium.HEAPU8[mode + 4] !== 0;
  });
}

/** How the part of the page that is shown lies, rotated as the page asks. */
function shownBy(pdfium: Pdfium, page: number): Pick<OpenPage, 'width' | 'height' | 'matrix'> {
  const [left = 0, top = 0, right = 0, bottom = 0] = withMemory(pdfium, 16, (rect) => {
    pdfium.FPDF_GetPageBoundingBox(page, rect);
    return floatsAt(pdfium, rect, 4);
  });
  const [across, down] = [rounded(right - left), rounded(top - bottom)];
  const matrices: readonly Matrix[] = [
    [1, 0, 0, -1, -left, top],
    [0, 1, 1, 0, -bottom, -left],
    [-1, 0, 0, 1, right, -bottom],
    [0, -1, -1, 0, top, right],
  ];
  const quarters = pdfium.FPDFPage_GetRotation(page) & 3;
  const isTurned = quarters % 2 === 1;
  return {
    width: isTurned ? down : across,
    height: isTurned ? across : down,
    matrix: matrices[quarters] ?? [1, 0, 0, -1, -left, top],
  };
}

/** PDFium keeps sizes with seven digits: the others are noise. */
function rounded(points: number): number {
  return Math.round(points * 1e4) / 1e4;
}
