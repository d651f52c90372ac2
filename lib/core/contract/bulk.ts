import { z } from 'zod';
import { priorities } from '#lib/core/fields/choices.ts';
import { count } from './common.ts';
import { sessionFilter } from './sessions.ts';

export const bulkActions = ['retry', 'cancel', 'delete', 'priority'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** Sessions that one request may name. */
export const maxIds = 10_000;

export const sessionIds = z
  .array(z.string())
  .min(1, 'lists no sessions')
  .max(maxIds, `lists more than ${maxIds} sessions`);

/** The body of `POST /api/sessions/bulk`. */
export const bulkRequest = z
  .strictObject({
    action: z.enum(bulkActions, { error: `must be one of ${bulkActions.join(', ')}` }),
    ids: sessionIds.optional(),
    filter: sessionFilter.strict().optional(),
    /** With `priority` only. */
    priority: z.enum(priorities, { error: `must be one of ${priorities.join(', ')}` }).optional(),
    /** The `next_cursor` of the call before. */
    cursor: z.uuid({ error: 'must be the next_cursor of an earlier answer' }).optional(),
    /** Counts, and changes nothing. */
    dry_run: z.boolean().default(false),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'needs either ids or a filter')
  .refine(({ action, priority }) => (action === 'priority') === (priority !== undefined), {
    message: 'belongs to the action "priority" only',
    path: ['priority'],
  });
export type BulkRequest = z.output<typeof bulkRequest>;

export const bulkOutcome = z.object({
  done: z.number(),
  /** Not changed, because their state does not allow it or they are gone; the first ones are named. */
  skipped: z.number(),
  refusals: z.array(z.object({ id: z.string(), message: z.string() })),
  /** Give it as `cursor` to continue; null when all were seen. */
  next_cursor: z.string().nullable(),
});
export type BulkOutcome = z.output<typeof bulkOutcome>;

export const bulkCount = z.object({
  /** Sessions that the action would change; beyond 10,000 only that there are as many. */
  count,
  /** What reading their missing pages may cost, by what their other pages cost; 0 where nothing is known. */
  cost_usd: z.number(),
});
export type BulkCount = z.output<typeof bulkCount>;
