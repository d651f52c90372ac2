import { z } from 'zod';
import { storableText, trimmedText } from '#lib/core/storable.ts';
import { scalar } from './common.ts';
import { editKinds } from './edit-kinds.ts';
import { sessionFilter } from './sessions.ts';

/** The body of `POST …/claim` and `DELETE …/claim`. */
export const reviewLockRequest = z.object({
  /** Any name that the window gave itself and no other window has. */
  holder: storableText(100).min(8, 'must name the window'),
  take_over: z.boolean().default(false),
});

export const reviewLock = z.object({ is_mine: z.boolean(), expires_at: z.string() });
export type ReviewLock = z.output<typeof reviewLock>;
export const reviewLockResponse = z.object({ claim: reviewLock });

/** By column; one for a scalar. */
const values = z.array(scalar.nullable()).nullable();

const runEntry = z.object({
  kind: z.literal('run'),
  at: z.string(),
  run: z.number(),
  version: z.number(),
  engine: z.string(),
  model: z.string().nullable(),
  finished_at: z.string().nullable(),
});
const editEntry = z.object({
  kind: z.enum(editKinds),
  at: z.string(),
  run: z.number(),
  change_id: z.string(),
  document_id: z.string().nullable(),
  account_index: z.number().nullable(),
  value_id: z.string().nullable(),
  path: z.string().nullable(),
  before: values,
  after: values,
  reason: z.string().nullable(),
  /** Who did it: `owner`, or a kind and an id such as `user:0192…`; null for changes from before it was recorded. */
  actor: z.string().nullable(),
});

/** One thing that happened to a session. */
export const historyEntry = z.discriminatedUnion('kind', [runEntry, editEntry]);
export type HistoryEntry = z.output<typeof historyEntry>;

export const history = z.object({
  /** In order of time. */
  entries: z.array(historyEntry),
  /** Of each document, what it took. */
  documents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      attempts: z.number(),
      started_at: z.string().nullable(),
      finished_at: z.string().nullable(),
    }),
  ),
  calls: z.object({
    total: z.number(),
    failed: z.number(),
    tokens_in: z.number(),
    tokens_out: z.number(),
    cost_usd: z.number(),
  }),
});
export type History = z.output<typeof history>;
export const historyResponse = z.object({ history });

/** A value that prevents a session from being verified, and why. */
export const obstacle = z.object({
  id: z.string(),
  path: z.string(),
  document_id: z.string(),
  account_index: z.number(),
  message: z.string(),
});
export type Obstacle = z.output<typeof obstacle>;

/** A filter of All Sessions under a name. */
export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  /** The query part of the list's address, without `?`. */
  query: z.string(),
});
export type SavedView = z.output<typeof savedView>;
export const viewResponse = z.object({ view: savedView });
export const viewsResponse = z.object({ views: z.array(savedView) });

/** The body of `POST /api/views`. */
export const newView = z.strictObject({
  name: trimmedText(80).min(1, 'is empty'),
  filter: sessionFilter
    .strict()
    .refine(
      (filter) => Object.values(filter).some(Boolean),
      'filters nothing: choose a status, a schema or a text first',
    ),
});
