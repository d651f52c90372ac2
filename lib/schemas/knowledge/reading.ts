import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import type { Database, Executor } from '#lib/db/client.ts';
import { knowledgePassages } from '#lib/db/tables/reviews.ts';
import type { KnowledgeFile } from '#lib/core/schema/definition.ts';
import { failureReasons } from '#lib/core/failures.ts';
import { isFileType } from '#lib/core/file-types.ts';
import { defineTask } from '#lib/queue/tasks.ts';

/** How the reading of a reference document ended: how many passages its text has, or why it cannot be read. */
export const readingSchema = z.object({
  passages: z.number().int().nonnegative(),
  failure: z.object({ reason: z.enum(failureReasons), message: z.string() }).nullable(),
  /** When a failure is worth another try; null when it is for good. */
  until: z.iso.datetime().nullable().default(null),
});
export type KnowledgeReading = z.output<typeof readingSchema>;

/** Whether an outcome still counts. */
export function isCurrent({ failure, until }: KnowledgeReading): boolean {
  // That reading took too long was once kept for good.
  return until === null ? failure?.reason !== 'too_complex' : Date.parse(until) > Date.now();
}

export const knowledgeTask = defineTask(
  'knowledge',
  z.object({ sha256: z.string(), type: z.string().refine(isFileType, 'is not a supported file type') }),
  { retries: 2, expireSeconds: 1800, waitSeconds: 24 * 3600 },
);

const lookMs = 100;
const rowsPerInsert = 500;

/** Where the outcome of a reading is kept; the text itself is in `knowledge_passages`. */
export function readingKey(sha256: string): string {
  return `knowledge/${sha256}/reading.json`;
}

/** Keeps the text of a reference document, in place of what an earlier reading gave. */
export async function keepPassages(db: Database, sha256: string, passages: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    // Two workers may have read it at once.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${readingKey(sha256)}))`);
    await tx.delete(knowledgePassages).where(eq(knowledgePassages.sha256, sha256));
    const rows = passages.map((text, position) => ({ sha256, position, text }));
    for (let from = 0; from < rows.length; from += rowsPerInsert)
      await tx.insert(knowledgePassages).values(rows.slice(from, from + rowsPerInsert));
  });
}

export async function hasPassages(db: Executor, sha256: string): Promise<boolean> {
  return (await db.$count(knowledgePassages, eq(knowledgePassages.sha256, sha256))) > 0;
}

/**
 * Has a worker read a reference document, and waits for it. The web process never opens it.
 * @returns null when no worker has ended the reading within `waitMs`; it continues
 */
export async function awaitReading(
  { storage, queue }: Pick<Context, 'storage' | 'queue'>,
  { sha256, type }: Pick<KnowledgeFile, 'sha256' | 'type'>,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<KnowledgeReading | null> {
  const look = async () => {
    const kept = await storage.get(readingKey(sha256));
    const reading = kept && readingSchema.parse(JSON.parse(new TextDecoder().decode(kept)));
    return reading && isCurrent(reading) ? reading : null;
  };
  const known = await look();
  if (known) return known;
  await queue.tasks.request(knowledgeTask, { sha256, type });
  for (const until = Date.now() + waitMs; Date.now() < until;) {
    await sleep(lookMs, undefined, { signal });
    const reading = await look();
    if (reading) return reading;
  }
  return null;
}
