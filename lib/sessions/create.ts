import { chooseEngine } from '#lib/schemas/choose-engine.ts';
import { createHash } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Acting, Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { idempotencyKeys } from '#lib/db/tables/installation.ts';
import { runs, sessions } from '#lib/db/tables/sessions.ts';
import type { SessionMode } from '#lib/core/fields/choices.ts';
import { insertDocuments } from '#lib/lifecycle/documents.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type Priority, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { withFiles } from '#lib/files/place.ts';
import type { SpooledFile } from '#lib/files/spool.ts';
import { newId } from '#lib/id.ts';
import { findSchemaVersion } from '#lib/schemas/find-version.ts';
import { resetSearch } from '../search/search-index.ts';
import { priorityNumber } from '#lib/core/fields/choices.ts';
import { initialStages } from '../core/initial-stages.ts';
import { insertSession } from '../lifecycle/sessions.ts';

export interface NewSession {
  /** At least one; already on this machine's disk. */
  files: readonly SpooledFile[];
  /** A schema's slug; its latest version is used. */
  schema: string;
  /** Made from the files' names when absent. */
  name?: string | undefined;
  /** The schema's when absent. */
  priority?: Priority | undefined;
  /** The schema's when absent. */
  sessions?: SessionMode | undefined;
  /** Honoured for 24 hours. */
  idempotencyKey?: string | undefined;
}

/** The sessions that a request started, and whether each file has one of its own. */
export interface StartedSessions {
  ids: string[];
  isPerFile: boolean;
}

export const idempotencyHours = 24;

/** Starts one session with all files, whatever the schema says. Gives its id. @throws as `createSessions` */
export async function createSession(context: Context, input: Omit<NewSession, 'sessions'>): Promise<string> {
  const { ids } = await createSessions(context, { ...input, sessions: 'together' });
  return ids[0] ?? '';
}

/**
 * Stores the files, then writes the session, or one for each file, with documents and one job per document in one
 * transaction: all of it or nothing. Gives those of an earlier request when the key was used before.
 * @throws RequestError unknown schema (400), no files (400), key used for another request (422)
 * @throws StorageUnavailable
 */
export async function createSessions(context: Context, input: NewSession): Promise<StartedSessions> {
  if (input.files.length === 0) {
    throw new RequestError('invalid', 'no_files', 'No file was given: choose at least one document');
  }
  const bodyHash = hashOf(input);
  // First of all: a repeated request gets its answer also when the schema was archived since.
  const known = await findByKey(context, input.idempotencyKey, bodyHash);
  if (known) return known;
  const schema = await findSchemaVersion(context.db, input.schema);
  const isPerFile = (input.sessions ?? parseSavedDefinition(schema.definition).sessions) === 'per_file';
  const parts = isPerFile ? input.files.map((file) => partOf(input, file)) : [input];
  const started = { ids: parts.map(() => newId()), isPerFile };
  try {
    await withFiles(context, input.files, async (tx) => {
      for (const [index, part] of parts.entries()) {
        const sessionId = started.ids[index] ?? newId();
        await writeSession({ tx, actor: context.actor }, context, { sessionId, input: part, schema });
      }
      if (input.idempotencyKey) await takeKey(tx, input.idempotencyKey, bodyHash, started);
    });
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const winner = await findByKey(context, input.idempotencyKey, bodyHash);
    if (winner) return winner;
    throw new RequestError(
      'conflict',
      'session_deleted',
      'The session that this Idempotency-Key started was deleted just now: send the request again to start another',
    );
  }
  return started;
}

/** A name that was given is that of a single session; of several each has that of its file. */
function partOf(input: NewSession, file: SpooledFile): NewSession {
  return { ...input, files: [file], name: input.files.length === 1 ? input.name : undefined };
}

interface NewRows {
  sessionId: string;
  input: NewSession;
  schema: { id: string; definition: Record<string, unknown> };
}

async function writeSession(
  { tx, actor }: Acting,
  { env, queue }: Pick<Context, 'env' | 'queue'>,
  { sessionId, input, schema }: NewRows,
) {
  const definition = parseSavedDefinition(schema.definition);
  const priority = priorityNumber(input.priority ?? definition.priority);
  const chosen = chooseEngine(definition, env);
  await insertSession(
    { tx, actor },
    {
      id: sessionId,
      name: input.name?.trim() || nameFrom(input.files),
      schemaVersionId: schema.id,
      ...chosen,
      priority,
      documentsTotal: input.files.length,
    },
  );
  await tx.insert(runs).values({ id: newId(), sessionId, number: 1, schemaVersionId: schema.id, ...chosen });
  const ids = input.files.map(() => newId());
  const jobIds = await queue.enqueue(
    tx,
    ids.map((documentId) => ({ documentId, priority })),
  );
  await insertDocuments(
    tx,
    input.files.map((file, position) => ({
      id: ids[position] ?? newId(),
      jobId: jobIds[position] ?? null,
      sessionId,
      position,
      name: file.name,
      sha256: file.sha256,
      type: file.type,
      bytes: file.bytes,
      stageStates: initialStages,
    })),
  );
  await resetSearch(tx, sessionId);
}

/** `invoice.pdf`, or `invoice.pdf and 2 more`. */
function nameFrom(files: readonly SpooledFile[]): string {
  const first = files[0]?.name ?? 'unnamed';
  return files.length > 1 ? `${first} and ${files.length - 1} more` : first;
}

function hashOf(input: NewSession): string {
  const body = [
    input.schema,
    input.name ?? '',
    input.priority ?? '',
    ...(input.sessions === 'per_file' ? ['per_file'] : []),
    ...input.files.map((f) => `${f.name}\n${f.sha256}`),
  ];
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

class KeyTaken extends Error {
  override name = 'KeyTaken';
}

async function takeKey(tx: Transaction, key: string, bodyHash: string, { ids, isPerFile }: StartedSessions) {
  const [sessionId = ''] = ids;
  await tx.execute(sql`
    delete from idempotency_keys where key = ${key} and created_at < now() - make_interval(hours => ${idempotencyHours})`);
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ key, bodyHash, sessionId, sessionIds: isPerFile ? ids : null })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 0) throw new KeyTaken('another request with this key was first');
}

async function findByKey({ db }: Context, key: string | undefined, bodyHash: string): Promise<StartedSessions | null> {
  if (!key) return null;
  const [found] = await db
    .select()
    .from(idempotencyKeys)
    .where(sql`${eq(idempotencyKeys.key, key)} and created_at > now() - make_interval(hours => ${idempotencyHours})`);
  if (!found) return null;
  if (found.bodyHash !== bodyHash) {
    throw new RequestError(
      'unprocessable',
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request: send a new key',
    );
  }
  if (!found.sessionIds) return { ids: [found.sessionId], isPerFile: false };
  // Some may have been deleted since.
  const left = await db.select({ id: sessions.id }).from(sessions).where(inArray(sessions.id, found.sessionIds));
  const there = new Set(left.map(({ id }) => id));
  return { ids: found.sessionIds.filter((id) => there.has(id)), isPerFile: true };
}
