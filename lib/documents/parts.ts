import { eq, or, sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import type { Executor, Transaction } from '#lib/db/client.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { withFiles } from '#lib/files/place.ts';
import type { SpooledFile } from '#lib/files/spool.ts';
import { newId } from '#lib/id.ts';
import { type Claim, holdClaim } from '#lib/lifecycle/claim.ts';
import { insertDocuments } from '#lib/lifecycle/documents.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';

/** A file that a document holds, to become a document of its own. */
export interface NewPart {
  /** Which of its files it is, from 0. */
  part: number;
  file: SpooledFile;
}

/** What was unpacked so far of the file that was uploaded, without what this document holds itself. */
export interface Unpacking {
  /** How many files this document is within; 0 for one that was uploaded itself. */
  depth: number;
  files: number;
  /** Of those files. */
  bytes: number;
}

/** How deep a document is, and how much else was unpacked of the file that was uploaded. */
export async function unpackingOf(db: Executor, { documentId }: Pick<Claim, 'documentId'>): Promise<Unpacking> {
  const {
    rows: [row],
  } = await db.execute<{ depth: number; files: number; bytes: string }>(sql`
    with recursive up as (
      select parent_id, 0 as depth from documents where id = ${documentId}
      union all
      select d.parent_id, up.depth + 1 from documents d join up on d.id = up.parent_id)
    select (select max(depth) from up) as depth, count(*)::int as files, coalesce(sum(other.bytes), 0)::text as bytes
    from documents own join documents other on other.session_id = own.session_id and other.position = own.position
    where own.id = ${documentId} and other.parent_id <> own.id`);
  return { depth: row?.depth ?? 0, files: row?.files ?? 0, bytes: Number(row?.bytes ?? 0) };
}

/** Whether files that a document holds are documents already. */
export async function hasParts(db: Executor, { documentId }: Pick<Claim, 'documentId'>): Promise<boolean> {
  return (await db.$count(documents, eq(documents.parentId, documentId))) > 0;
}

/**
 * Adds files that a document holds to its session, as documents with a job each, in one transaction of the document's
 * worker: all of them or none, and each once however often the file is unpacked.
 * @throws ClaimLost, StorageUnavailable
 */
export async function addParts(
  context: Pick<Context, 'db' | 'storage' | 'queue' | 'actor'>,
  claim: Claim,
  parts: readonly NewPart[],
): Promise<void> {
  const files = parts.map(({ file }) => file);
  await withFiles(context, files, async (tx) => {
    await holdClaim(tx, claim);
    const { documentId } = claim;
    const known = await tx
      .select({ id: documents.id, part: documents.part, position: documents.position, path: documents.path })
      .from(documents)
      .where(or(eq(documents.id, documentId), eq(documents.parentId, documentId)));
    const added = parts.filter(({ part }) => known.every((child) => child.part !== part || child.id === documentId));
    if (added.length === 0) return;
    const { position = 0, path = [] } = known.find(({ id }) => id === documentId) ?? {};
    await insertParts(tx, context, { ...claim, position, path }, added);
    await tx
      .update(sessions)
      .set({ documentsTotal: sql`${sessions.documentsTotal} + ${added.length}` })
      .where(eq(sessions.id, claim.sessionId));
    await refreshSession({ tx, actor: context.actor }, claim.sessionId);
  });
}

async function insertParts(
  tx: Transaction,
  { queue }: Pick<Context, 'queue'>,
  { documentId, sessionId, priority, position, path }: Claim & { position: number; path: readonly number[] },
  parts: readonly NewPart[],
): Promise<void> {
  const rows = parts.map(({ part, file: { name, sha256, type, bytes } }) => ({
    id: newId(),
    sessionId,
    parentId: documentId,
    part,
    position,
    path: [...path, part],
    name,
    sha256,
    type,
    bytes,
    stageStates: initialStages,
  }));
  const jobIds = await queue.enqueue(
    tx,
    rows.map(({ id }) => ({ documentId: id, priority })),
  );
  await insertDocuments(
    tx,
    rows.map((row, index) => ({ ...row, jobId: jobIds[index] ?? null })),
  );
}
