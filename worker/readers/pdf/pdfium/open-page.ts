import type { Matrix } from '../matrix.ts';
import type { Pdfium } from './load.ts';

/** A page that PDFium has open. */
export interface OpenPage {
  pdfium: Pdfium;
  page: number;
  /** Points of the page as it is shown: rotated and cropped. */
  width: number;
  height: number;
  /** Turns the page's own space into the page as it is shown, in points from the top left. */
  matrix: Matrix;
  /** What is drawn on it. */
  objects: readonly number[];
  hasForms: boolean;
}
