import type { Definition } from '#lib/core/schema/definition.ts';
import type { sessions } from '#lib/db/tables/sessions.ts';

/** A session under edit: its row is locked, and nothing of it changes but by this transaction. */
export interface EditedSession {
  id: string;
  run: number;
  runId: string;
  status: (typeof sessions.$inferSelect)['status'];
  version: number;
  definition: Definition;
  /** Documents of which pages were moved, and which are done again when the transaction commits. */
  rearranged: Set<string>;
}
