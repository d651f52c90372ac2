import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';

type Call<Arguments extends number[]> = (...given: Arguments) => number;

/**
 * Its functions, and its memory as numbers: the views are new ones whenever it has grown. What is asked of every sign is
 * called without the package's wrapper, which costs more than the call.
 */
export type Pdfium = WrappedPdfiumModule & {
  pdfium: {
    HEAPU8: Uint8Array;
    HEAPF32: Float32Array;
    HEAPF64: Float64Array;
    wasmExports: {
      FPDFText_GetUnicode: Call<[text: number, at: number]>;
      FPDFText_GetTextObject: Call<[text: number, at: number]>;
      FPDFText_IsGenerated: Call<[text: number, at: number]>;
      FPDFText_GetFontSize: Call<[text: number, at: number]>;
      FPDFText_GetMatrix: Call<[text: number, at: number, matrix: number]>;
      FPDFText_GetCharOrigin: Call<[text: number, at: number, x: number, y: number]>;
      FPDFText_GetLooseCharBox: Call<[text: number, at: number, box: number]>;
      FPDFTextObj_GetFont: Call<[object: number]>;
      FPDFPageObj_GetType: Call<[object: number]>;
      FPDFPage_GetObject: Call<[page: number, at: number]>;
    };
  };
};

let loading: Promise<Pdfium> | null = null;

/** PDFium, started with the first PDF of a process: the worker itself never needs it. */
export function loadPdfium(): Promise<Pdfium> {
  return (loading ??= start());
}

async function start(): Promise<Pdfium> {
  const { init } = await import('@embedpdf/pdfium');
  const content = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: new Uint8Array(content).buffer });
  pdfium.PDFiumExt_Init();
  // All that is there, only not in the package's types.
  return pdfium as Pdfium;
}

/** After a trap its memory is in no known state: the next file starts another. */
export function abandonPdfium(): void {
  loading = null;
}
