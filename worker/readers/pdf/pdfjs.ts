import { definePDFJSModule, getResolvedPDFJS } from 'unpdf';

let defined: Promise<void> | null = null;

/**
 * The same pdf.js that draws the page in the browser, so that what is read and what is shown agree: unpdf would bring
 * one of its own, of another version. Loaded with the first PDF: the worker itself never needs it.
 */
export async function loadPdfJs(): ReturnType<typeof getResolvedPDFJS> {
  await (defined ??= define());
  return getResolvedPDFJS();
}

async function define(): Promise<void> {
  // Imported before unpdf sees it: unpdf would put an incomplete DOMMatrix in place of the canvas's own.
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  await definePDFJSModule(() => Promise.resolve(pdfjs));
}
