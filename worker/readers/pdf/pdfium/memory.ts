import type { Pdfium } from './load.ts';

/** Lends a piece of PDFium's memory for results that it writes through pointers. */
export function withMemory<T>(pdfium: Pdfium, bytes: number, use: (pointer: number) => T): T {
  const { malloc, free } = pdfium.pdfium.wasmExports;
  const pointer = malloc(bytes);
  if (pointer === 0) throw new RangeError('PDFium has no memory left');
  pdfium.pdfium.HEAPU8.fill(0, pointer, pointer + bytes);
  try {
    return use(pointer);
  } finally {
    free(pointer);
  }
}

/** A copy of `content` in PDFium's memory, which its caller frees. */
export function copyIn(pdfium: Pdfium, content: Uint8Array): number {
  const pointer = pdfium.pdfium.wasmExports.malloc(content.length);
  if (pointer === 0) throw new RangeError('PDFium has no memory left');
  pdfium.pdfium.HEAPU8.set(content, pointer);
  return pointer;
}

/** Numbers that PDFium wrote: its views are new ones whenever its memory has grown. */
export function floatsAt({ pdfium }: Pdfium, pointer: number, count: number): number[] {
  return [...pdfium.HEAPF32.subarray(pointer / 4, pointer / 4 + count)];
}
