import { sql } from 'drizzle-orm';
import pMap from 'p-map';
import type { Context } from '#lib/context.ts';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { cacheEpochs, files } from '#lib/db/tables/sessions.ts';
import type { SpooledFile } from './spool.ts';

const putConcurrency = 8;
/** A file's row changes between two steps of an upload only when its last document is deleted just then. */
const maxTries = 10;

/** Where an original is kept. */
export function fileKey(sha256: string): string {
  return `files/${sha256}`;
}

type FileSource = Pick<Context, 'db' | 'storage'>;
/** The epoch of each file's row, by SHA-256. */
type Epochs = ReadonlyMap<string, number | null>;

/**
 * Puts originals to storage. Equal files are kept once. Their rows come first, so that nothing lies in storage that the
 * sweeper cannot find, and so that it leaves them alone for a day.
 * @throws StorageUnavailable
 */
export async function placeFiles({ db, storage }: FileSource, spooled: readonly SpooledFile[]): Promise<Epochs> {
  const epochs = await touchFiles(db, spooled);
  const bySha = new Map(spooled.map((file) => [file.sha256, file]));
  await pMap(bySha.values(), ({ sha256, path }) => storage.putFile(fileKey(sha256), path), {
    concurrency: putConcurrency,
  });
  return epochs;
}

/**
 * Runs a transaction that refers to originals, all of which are in storage when it commits. Their rows are locked; the
 * storage is never asked while they are: what was put stays there unless the sweeper took the row, and then they are put
 * again before another try. `write` may therefore run more than once, but commits once.
 * @throws StorageUnavailable
 */
export async function withFiles<T>(
  context: FileSource,
  spooled: readonly SpooledFile[],
  write: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let tries = 0; tries < maxTries; tries++) {
    const placed = await placeFiles(context, spooled);
    const done = await context.db.transaction(async (tx) => {
      const held = await touchFiles(tx, spooled);
      const isSame = [...held].every(([sha256, epoch]) => placed.get(sha256) === epoch);
      return isSame ? { value: await write(tx) } : null;
    });
    if (done) return done.value;
  }
  throw new Error(`the rows of files changed ${maxTries} times while they were uploaded`);
}

/** Writes and locks their rows, in the order of their hashes: two uploads of the same files never wait in a circle. */
async function touchFiles(db: Executor, spooled: readonly SpooledFile[]): Promise<Epochs> {
  const bySha = new Map(spooled.map(({ sha256, bytes }) => [sha256, { sha256, bytes }]));
  const rows = [...bySha.values()].toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const cacheEpoch = sql`nextval(${cacheEpochs.seqName})`;
  const touched = await db
    .insert(files)
    .values(rows.map((row) => ({ ...row, cacheEpoch })))
    .onConflictDoUpdate({ target: files.sha256, set: { touchedAt: sql`now()` } })
    .returning({ sha256: files.sha256, cacheEpoch: files.cacheEpoch });
  return new Map(touched.map((row) => [row.sha256, row.cacheEpoch]));
}
