import { sql } from 'drizzle-orm';
import type { Context } from '#lib/app-context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { files } from '#lib/db/tables.ts';
import type { SpooledFile } from './spool.ts';

/** Where an original is kept. */
export function fileKey(sha256: string): string {
  return `files/${sha256}`;
}

/**
 * Puts originals to storage before the transaction that refers to them. Equal files are kept once.
 * Their rows come first, so that nothing lies in storage that the sweeper cannot find.
 * @throws StorageUnavailable
 */
export async function placeFiles(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  spooled: readonly SpooledFile[],
): Promise<void> {
  await db.transaction((tx) => touchFiles(tx, spooled));
  for (const file of spooled) await storage.putFile(fileKey(file.sha256), file.path);
}

/**
 * Writes and locks the rows of originals inside the session's transaction, so that the sweeper, which deletes under
 * the same lock, cannot take an object between the check here and the commit.
 */
export async function claimFiles(
  tx: Transaction,
  { storage }: Pick<Context, 'storage'>,
  spooled: readonly SpooledFile[],
): Promise<void> {
  await touchFiles(tx, spooled);
  for (const { sha256, path } of spooled) {
    if (!(await storage.exists(fileKey(sha256)))) await storage.putFile(fileKey(sha256), path);
  }
}

/** In the order of their hashes: two uploads of the same files never wait for each other in a circle. */
async function touchFiles(tx: Transaction, spooled: readonly SpooledFile[]): Promise<void> {
  const bySha = new Map(spooled.map((file) => [file.sha256, { sha256: file.sha256, bytes: file.bytes }]));
  const rows = [...bySha.values()].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  await tx
    .insert(files)
    .values(rows)
    .onConflictDoUpdate({ target: files.sha256, set: { touchedAt: sql`now()` } });
}
