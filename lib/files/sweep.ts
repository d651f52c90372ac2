import { eq, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { knowledgePassages } from '#lib/db/tables/reviews.ts';
import { cacheEpochs, documents, files, schemaVersions } from '#lib/db/tables/sessions.ts';
import { deleteArtifacts } from './artifact-key.ts';
import { fileKey } from './place.ts';

type FileStore = Pick<Context, 'db' | 'storage'>;

/** Kept so long after the last touch: an upload whose transaction failed may be tried again. */
const keepHours = 24;
const batchSize = 100;
/**
 * The longest that an original's row stays locked while its object is deleted. Less than PostgreSQL lets a transaction
 * idle: a lock that was lost must not leave a deletion behind that meets the next upload.
 */
const maxDeleteMs = 10_000;

/**
 * Deletes what is remembered of a file whose last document is gone. Its row moves to a new epoch first: from then on
 * no one finds the old artifacts, in storage or in a worker's memory, and an upload of the same file need not wait.
 */
export async function forgetFile({ db, storage }: FileStore, sha256: string): Promise<void> {
  const epoch = await db.transaction(async (tx) => ((await lockUnused(tx, sha256)) ? newEpoch(tx, sha256) : null));
  if (epoch !== null) await deleteArtifacts(storage, sha256, epoch);
}

/**
 * Deletes the originals that no document and no version of a schema refers to and no one touched for a day, with all
 * that was remembered of them. Gives how many were deleted.
 */
export async function sweepFiles(context: FileStore): Promise<number> {
  let swept = 0;
  for (let after = ''; ;) {
    const found = await context.db
      .select({ sha256: files.sha256 })
      .from(files)
      .where(sql`${files.sha256} > ${after} and ${isSweepable}`)
      .orderBy(files.sha256)
      .limit(batchSize);
    for (const { sha256 } of found) if (await sweepFile(context, sha256)) swept += 1;
    after = found.at(-1)?.sha256 ?? '';
    if (found.length < batchSize) return swept;
  }
}

/** The object goes under its row's lock, which an upload of the same file takes too. false when it is in use after all. */
async function sweepFile({ db, storage }: FileStore, sha256: string): Promise<boolean> {
  const epoch = await db.transaction(async (tx) => ((await lockSweepable(tx, sha256)) ? newEpoch(tx, sha256) : null));
  if (epoch === null) return false;
  await deleteArtifacts(storage, sha256, epoch);
  return db.transaction(async (tx) => {
    if (!(await lockSweepable(tx, sha256))) return false;
    const signal = AbortSignal.timeout(maxDeleteMs);
    await storage.deleteAll(fileKey(sha256), { signal });
    await storage.deleteAll(`knowledge/${sha256}`, { signal });
    await tx.delete(knowledgePassages).where(eq(knowledgePassages.sha256, sha256));
    await tx.delete(files).where(eq(files.sha256, sha256));
    return true;
  });
}

const isUnused = sql`not exists (select 1 from ${documents} where ${documents.sha256} = ${files.sha256})`;
const isOld = sql`${files.touchedAt} < now() - make_interval(hours => ${keepHours})`;
/** The text of a definition is searched, not its JSON: whatever else is in it, a file that it names is kept. */
const isUnlisted = sql`not exists (
  select 1 from ${schemaVersions} where position(${files.sha256} in ${schemaVersions.definition}::text) > 0)`;
const isSweepable = sql`${isUnused} and ${isOld} and ${isUnlisted}`;

// A row is locked first and judged in a second statement, which sees what was committed while the first one waited. A
// single statement would judge by what it saw before the wait.

async function lockUnused(tx: Transaction, sha256: string): Promise<boolean> {
  const ofFile = eq(files.sha256, sha256);
  await tx.select().from(files).where(ofFile).for('update');
  return (await tx.$count(files, sql`${ofFile} and ${isUnused}`)) > 0;
}

/** Does not wait: an upload that holds the row is using the file. */
async function lockSweepable(tx: Transaction, sha256: string): Promise<boolean> {
  const ofFile = eq(files.sha256, sha256);
  const locked = await tx.select().from(files).where(ofFile).for('update', { skipLocked: true });
  return locked.length > 0 && (await tx.$count(files, sql`${ofFile} and ${isSweepable}`)) > 0;
}

async function newEpoch(tx: Transaction, sha256: string): Promise<number | null> {
  const [moved] = await tx
    .update(files)
    .set({ cacheEpoch: sql`nextval(${cacheEpochs.seqName})` })
    .where(eq(files.sha256, sha256))
    .returning({ cacheEpoch: files.cacheEpoch });
  return moved?.cacheEpoch ?? null;
}
