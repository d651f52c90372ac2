import type { DocumentSummary } from '#lib/core/contract/sessions.ts';
import { fileTypes, isFileType } from '#lib/core/file-types.ts';
import type { PaperProps } from './page-view.tsx';

/** A4 in CSS pixels, until a page tells its own size. */
export const startSize = { width: 794, height: 1123 };

interface LookOf {
  kind: PaperProps['look']['kind'];
  /** How far `auto` zooms in at most. */
  most: number;
  of: (pageNum: number) => PaperProps['look'];
}

/** How the pages of a document are shown: a browser draws PDF and the usual pictures; the rest is set from what was read. */
export function lookOf({ id, type, pages_total }: Pick<DocumentSummary, 'id' | 'type' | 'pages_total'>): LookOf {
  const family = isFileType(type) ? fileTypes[type].family : 'text';
  if (family === 'pdf') return { kind: 'pdf', most: 1.35, of: () => ({ kind: 'pdf', pdf: null }) };
  if (family === 'image') {
    // Browsers draw no TIFF, few draw HEIC, and of several frames only the first.
    const isDrawn = type !== 'tiff' && type !== 'heic' && pages_total <= 1;
    const at = (pageNum: number) => `/api/document/${id}/${isDrawn ? 'file' : `page/${pageNum}/image`}`;
    return { kind: 'picture', most: 1.5, of: (pageNum) => ({ kind: 'picture', url: at(pageNum) }) };
  }
  const look = { kind: 'set', isPlain: type === 'txt' } as const;
  return { kind: 'set', most: 1, of: () => look };
}
