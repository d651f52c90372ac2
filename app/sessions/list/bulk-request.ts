import { type BulkAction, type BulkCount, type BulkOutcome, bulkCount, bulkOutcome } from '#lib/core/contract/bulk.ts';
import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { z } from 'zod';
import { callApi } from '#app/api-client/call.ts';
import type { Priority } from '#lib/core/fields/choices.ts';

export interface BulkOrder {
  action: BulkAction;
  priority?: Priority;
  target: { ids: readonly string[] } | { filter: SessionFilter };
}

function send<T>(answer: z.ZodType<T>, { target, ...order }: BulkOrder, more: object): Promise<T> {
  return callApi('/api/sessions/bulk', answer, {
    method: 'POST',
    body: JSON.stringify({ ...order, ...target, ...more }),
  });
}

/** How many sessions it would change, and at what cost. @throws ApiError */
export function countBulk(order: BulkOrder): Promise<BulkCount> {
  return send(bulkCount, order, { dry_run: true });
}

export interface BulkResult {
  done: number;
  skipped: number;
  /** Why some were left alone, each with how many of those that were named. */
  reasons: ReadonlyMap<string, number>;
}

/** Does it, a part at a time, telling how many are done. @throws ApiError; the signal's reason between two parts */
export async function runBulk(
  order: BulkOrder,
  { signal, onDone }: { signal: AbortSignal; onDone: (done: number) => void },
): Promise<BulkResult> {
  const reasons = new Map<string, number>();
  const result: BulkResult = { done: 0, skipped: 0, reasons };
  for (let cursor: string | null = null; ;) {
    const part: BulkOutcome = await send(bulkOutcome, order, cursor ? { cursor } : {});
    result.done += part.done;
    result.skipped += part.skipped;
    for (const { message } of part.refusals) reasons.set(message, (reasons.get(message) ?? 0) + 1);
    onDone(result.done);
    cursor = part.next_cursor;
    if (!cursor) return result;
    signal.throwIfAborted();
  }
}
