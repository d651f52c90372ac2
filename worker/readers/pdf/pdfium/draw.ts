import type { Bitmap } from '../../reader.ts';
import { scaleFor } from '../scale.ts';
import type { OpenPage } from './open-page.ts';
import { hasFields } from './page.ts';
import { showsAllPictures } from './pictures.ts';

const colourFormat = 4;
const withAnnotations = 0x01;
const redFirst = 0x10;
const white = 0xffffffff;

/** Draws a page on white; null for a page with fields, or with a picture that cannot be decoded. */
export function draw(page: OpenPage, dpi: number): Bitmap | null {
  const { pdfium } = page;
  if (hasFields(page) || !showsAllPictures(page)) return null;
  const scale = scaleFor(page, dpi);
  const [width, height] = [Math.ceil(page.width * scale), Math.ceil(page.height * scale)];
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, colourFormat, 0, 0);
  if (bitmap === 0) return null;
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
  pdfium.FPDF_RenderPageBitmap(bitmap, page.page, 0, 0, width, height, 0, withAnnotations | redFirst);
  const data = rowsOf(page, bitmap, width * 4, height);
  pdfium.FPDFBitmap_Destroy(bitmap);
  return { width, height, channels: 4, data };
}

/** A copy without the padding at the end of PDFium's rows. */
function rowsOf({ pdfium }: OpenPage, bitmap: number, rowBytes: number, height: number): Uint8Array {
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const memory = pdfium.pdfium.HEAPU8;
  if (stride === rowBytes) return memory.slice(start, start + rowBytes * height);
  const data = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row++) {
    const from = start + row * stride;
    data.set(memory.subarray(from, from + rowBytes), row * rowBytes);
  }
  return data;
}
