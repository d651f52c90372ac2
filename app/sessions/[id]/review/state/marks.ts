import type { Box } from '#lib/core/pages/page.ts';

/** What stands behind a value, as its place on the page shows it. */
export type MarkTone = 'plain' | 'attention' | 'error' | 'edited' | 'confirmed';

/** A value's place on a page, to draw. */
export interface Mark {
  /** Of the value (`FieldView.id`). */
  id: string;
  documentId: string;
  pageNum: number;
  boxes: Box[];
  tone: MarkTone;
  /** For people: the field and its value. */
  label: string;
}

/** A place that a person pointed at: what stands there. */
export interface Place {
  documentId: string;
  pageNum: number;
  quote: string;
  /** One per line. */
  boxes: Box[];
}

/** Pages of a document that are to belong to another account. */
export interface PageMove {
  documentId: string;
  pages: number[];
  /** The account that they go to. */
  accountIndex: number;
}
