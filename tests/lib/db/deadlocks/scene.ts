import { sql } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import { claimDocument } from '#lib/documents/claim.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { DocumentProgress } from '#lib/documents/progress.ts';
import { completeDocument } from '#lib/documents/settle.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { SpooledFile } from '#lib/files/spool.ts';
import type { DocumentResult } from '#lib/results/save.ts';
import { createSession } from '#lib/sessions/create.ts';
import { type DocumentStatus, documentStatuses, sessionStatuses } from '#lib/core/lifecycle.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import { spoolText } from '#tests/support/context.ts';
import { valueOf } from '#tests/support/export.ts';

const fields = {
  type: 'object',
  properties: {
    Name: { type: 'string' },
    Rows: { type: 'array', items: { type: 'object', properties: { Amount: { type: 'number' } } } },
  },
};
export const slug = 'scene';
export const schema = { name: 'Scene', fields };
const definition = parseDefinition(schema, { slug });

const row = (path: string, isListRow: boolean, leaf: string) => {
  return { path, isListRow, leaves: [valueOf(leaf, '5')], needsAttention: 0 };
};
const account = { accountIndex: 0, accountNumber: 'A-1', evidencePages: [0], pages: [0], boundaries: [] };
export const result: DocumentResult = {
  definition,
  accounts: [{ ...account, rows: [row('Name', false, 'Name'), row('Rows', true, 'Rows[0].Amount')] }],
  notice: null,
};

export const progress: DocumentProgress = {
  stage: 'llm_extraction',
  stages: initialStages,
  progress: 50,
  readerKey: null,
  pagesTotal: 1,
  pagesProcessed: 1,
  pagesFailed: 0,
  remembered: true,
  pageRows: [{ pageNum: 0, status: 'completed' }],
  pageAccountRows: [{ pageNum: 0, accountIndex: 0, data: {} }],
};

/** A session of a few documents for verbs to meet at. */
export interface Scene {
  context: Context;
  sessionId: string;
  documentIds: string[];
  random: { int(from: number, to: number): number };
}

const documentCount = 4;

export async function openScene(context: Context, random: Scene['random']): Promise<Scene> {
  const sessionId = await createSession(context, { files: await sharedFiles(context, documentCount), schema: slug });
  const { rows } = await context.db.execute<{ id: string }>(
    sql`select id from documents where session_id = ${sessionId} order by position`,
  );
  const scene = { context, sessionId, documentIds: rows.map(({ id }) => id), random };
  for (const id of scene.documentIds) {
    const claim = await claimOf(scene, id);
    if (claim) await completeDocument(context, claim, progress, result);
  }
  return scene;
}

/** The same texts for all scenes: their rows of `files` are shared. */
export function sharedFiles(context: Context, count: number): Promise<SpooledFile[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => spoolText(context, `${index}.txt`, `shared text ${index}`)),
  );
}

export const oneOf = <T>(random: Scene['random'], items: readonly [T, ...T[]]): T =>
  items[random.int(0, items.length - 1)] ?? items[0];

/** Any lawful state for the session and its documents, so that every verb now and then has something to do. */
export async function shuffle({ context, sessionId, documentIds, random }: Scene): Promise<void> {
  const status = oneOf(random, ['processing', ...sessionStatuses] as const);
  const possible = status === 'processing' ? documentStatuses : (['completed', 'failed', 'cancelled'] as const);
  const statuses = documentIds.map(() => oneOf<DocumentStatus>(random, possible));
  await context.db.transaction(async (tx) => {
    for (const [index, id] of [...documentIds.entries()].toSorted(() => random.int(0, 1) - 0.5)) {
      const failure = statuses[index] === 'failed' ? 'encrypted_file' : null;
      await tx.execute(sql`
        update documents set status = ${statuses[index]}, failure_reason = ${failure}, failure_message = ${failure}
        where id = ${id}`);
    }
    await tx.execute(sql`update sessions set status = ${status}, partial = true where id = ${sessionId}`);
  });
}

/** As a worker: the document's job is its own from now on. null when there is none. */
export async function claimOf({ context }: Scene, documentId: string): Promise<Claim | null> {
  const { rows } = await context.db.execute<{ id: string; retry_count: number }>(sql`
    update pgboss.job j set state = 'active', started_on = now(), heartbeat_on = now()
    from documents d where d.id = ${documentId} and j.id = d.job_id and j.name = 'documents' and j.state < 'completed'
    returning j.id, j.retry_count`);
  const [job] = rows;
  if (!job) return null;
  const attempt = { id: job.id, retryCount: job.retry_count };
  return claimDocument(context, { id: job.id, documentId, lost: 0, attempt });
}
