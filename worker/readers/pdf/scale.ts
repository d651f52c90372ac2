/** A picture of a page has at most so many dots: a page may claim to be kilometres wide. */
const maxPixels = 50_000_000;

/** How many dots a point of this page takes. */
export function scaleFor({ width, height }: { width: number; height: number }, dpi: number): number {
  return Math.min(dpi / 72, Math.sqrt(maxPixels / (width * height)));
}
