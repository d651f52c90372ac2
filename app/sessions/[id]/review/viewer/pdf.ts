import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
import { useEffect, useState } from 'react';

interface Held {
  loading: Promise<PDFDocumentProxy>;
  users: number;
}

/** Open PDF files, by document: the page and its thumbnails share one. */
const held = new Map<string, Held>();
let shared: PDFWorker | null = null;

/** Going back to a document soon finds it open. */
const keepMs = 10_000;
/**
 * Parts of a file are fetched as its pages are drawn, so that a large file opens at once. Small ones: on its way to a
 * page pdf.js reads the few hundred bytes of every page before it, each in a part of its own.
 */
const rangeBytes = 32 * 1024;

async function open(documentId: string): Promise<PDFDocumentProxy> {
  const { getDocument, GlobalWorkerOptions, PDFWorker } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
  shared ??= new PDFWorker();
  const data = `${location.origin}/pdfjs`;
  return getDocument({
    url: `/api/document/${documentId}/file`,
    worker: shared,
    cMapUrl: `${data}/cmaps/`,
    standardFontDataUrl: `${data}/standard_fonts/`,
    wasmUrl: `${data}/wasm/`,
    iccUrl: `${data}/iccs/`,
    rangeChunkSize: rangeBytes,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
  }).promise;
}

function hold(documentId: string): Held {
  const known = held.get(documentId);
  if (known) {
    known.users += 1;
    return known;
  }
  const mine: Held = { loading: open(documentId), users: 1 };
  held.set(documentId, mine);
  return mine;
}

function release(documentId: string, mine: Held): void {
  mine.users -= 1;
  setTimeout(() => {
    if (mine.users > 0 || held.get(documentId) !== mine) return;
    held.delete(documentId);
    // One that could not be opened holds nothing.
    mine.loading.then(
      (pdf) => pdf.loadingTask.destroy(),
      () => {},
    );
  }, keepMs);
}

export interface OpenPdf {
  pdf: PDFDocumentProxy | null;
  /** The browser cannot draw it: damaged, or with a password. */
  hasFailed: boolean;
}

/** A document's PDF, opened once for all that show it. `documentId` null: none. */
export function usePdf(documentId: string | null): OpenPdf {
  const [state, setState] = useState<OpenPdf & { of: string | null }>({ pdf: null, hasFailed: false, of: null });
  useEffect(() => {
    if (!documentId) return;
    let isGone = false;
    const mine = hold(documentId);
    mine.loading.then(
      (pdf) => isGone || setState({ pdf, hasFailed: false, of: documentId }),
      () => {
        if (held.get(documentId) === mine) held.delete(documentId);
        if (!isGone) setState({ pdf: null, hasFailed: true, of: documentId });
      },
    );
    return () => {
      isGone = true;
      release(documentId, mine);
    };
  }, [documentId]);
  return state.of === documentId ? state : { pdf: null, hasFailed: false };
}
