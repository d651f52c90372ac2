import type { GreyBitmap } from './bitmap.ts';

/**
 * Page segmentation as Tesseract numbers it: 3 finds columns and blocks by itself, 6 takes the page for one block of
 * lines, 11 looks for words anywhere.
 */
export type Segmentation = 3 | 4 | 6 | 11;

export interface TesseractOptions {
  segmentation: Segmentation;
  dpi: number;
}

/** Tesseract in whatever form: a picture in, its words as TSV out. */
export type Tesseract = (picture: GreyBitmap, options: TesseractOptions) => Promise<string>;
