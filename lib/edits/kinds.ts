import type { Leaf } from '#lib/extraction/leaf.ts';

/** What a person can do, as the audit names it. */
export const editKinds = [
  'set',
  'confirm',
  'absent',
  'revert',
  'insert_row',
  'delete_row',
  'move_boundary',
  'undo',
  'verify',
  'reopen',
] as const;
export type EditKind = (typeof editKinds)[number];

/** A row of values before or after an edit; null where there was, or is, none. */
export interface EditState {
  leaves?: Leaf[];
  position?: number;
  /** For a boundary: the page and the account it was given to. */
  page_num?: number;
  account_number?: string | null;
  status?: string;
}
