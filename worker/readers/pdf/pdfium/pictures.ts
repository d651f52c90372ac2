import type { Box } from '#lib/core/pages/page.ts';
import { minPictureArea } from '../pictures.ts';
import { withMemory } from './memory.ts';
import { boxOf, kinds } from './objects.ts';
import type { OpenPage } from './open-page.ts';

/** More pictures, or more dots in them, than on any page that people make. */
const maxImages = 200;
const maxDots = 200_000_000;

function imagesOf({ pdfium, objects }: OpenPage): number[] {
  return objects.filter((object) => pdfium.pdfium.wasmExports.FPDFPageObj_GetType(object) === kinds.image);
}

/** Whether PDFium can decode all pictures of a page: it leaves the place of others empty, and says nothing. */
export function showsAllPictures(page: OpenPage): boolean {
  const images = imagesOf(page);
  if (images.length > maxImages) return false;
  let dots = 0;
  return images.every((image) => {
    dots += dotsOf(page, image);
    return dots <= maxDots && isDecoded(page, image);
  });
}

function dotsOf({ pdfium }: OpenPage, image: number): number {
  return withMemory(pdfium, 8, (size) => {
    pdfium.FPDFImageObj_GetImagePixelSize(image, size, size + 4);
    const view = new DataView(pdfium.pdfium.HEAPU8.buffer, size, 8);
    return view.getUint32(0, true) * view.getUint32(4, true);
  });
}

function isDecoded({ pdfium }: OpenPage, image: number): boolean {
  const bitmap = pdfium.FPDFImageObj_GetBitmap(image);
  if (bitmap === 0) return false;
  pdfium.FPDFBitmap_Destroy(bitmap);
  return true;
}

/** Where pictures are that may hold print, as fractions of the page. */
export function picturesOf(page: OpenPage): Box[] {
  const { width, height } = page;
  return imagesOf(page)
    .map((image) => boxOf(page, image))
    .map((box) => ({ x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height }))
    .filter((box) => box.width * box.height >= minPictureArea);
}
