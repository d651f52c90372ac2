import type { MovedPage } from '#lib/core/splitting/moved.ts';
import type { Value } from '#lib/core/values/value.ts';

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

/** Of what was changed, all that it takes to bring it back. */
export type EditState =
  | { leaves: Value[]; extracted: Value[] | null; isDeleted: boolean }
  | { moved: MovedPage[] | null }
  | { status: string };
