import type { AddedKnowledge, SchemaDetail } from '#lib/core/contract/schemas.ts';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type KnowledgeFile, parseDefinition } from '#lib/core/schema/definition.ts';
import { maxKnowledge } from '#lib/core/schema/envelope.ts';
import { placeFiles } from '#lib/files/place.ts';
import { receiveUpload } from '#lib/files/receive.ts';
import { discard, type SpooledFile } from '#lib/files/spool.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { lockSchema, putSchema } from '#lib/schemas/put.ts';
import { awaitReading } from './reading.ts';

const megabyte = 1024 * 1024;
/** For all files of an upload together. */
const waitMs = 20_000;

/**
 * `POST /api/schemas/{slug}/knowledge`: a multipart body with reference documents in parts named `files`. They are kept
 * beside the originals, read by a worker, and listed in the schema's next version.
 * @throws RequestError 404, 400 without a file or with more than a schema may have, 422 naming a file that cannot be read;
 * the schema is as it was then
 */
export async function addKnowledge(
  context: Context,
  { slug, request }: { slug: string; request: Request },
): Promise<{ schema: SchemaDetail; knowledge: AddedKnowledge[] }> {
  const present = knowledgeOf(await getSchema(context, { slug }));
  const { files } = await receiveUpload(request, {
    dir: context.spoolDir,
    maxFileBytes: context.env.MAX_UPLOAD_MB * megabyte,
    maxRequestBytes: context.env.MAX_REQUEST_MB * megabyte,
  });
  try {
    if (files.length === 0)
      throw new RequestError('invalid', 'no_files', 'Send at least one file in a part named files');
    checkCount(present, files);
    await placeFiles(context, files);
    const until = Date.now() + waitMs;
    const knowledge: AddedKnowledge[] = [];
    for (const file of files) knowledge.push(await readAdded(context, file, until, request.signal));
    const listed = knowledge.map(({ name, sha256, type }) => ({ name, sha256, type }));
    // Their rows were touched, so that the sweeper leaves them alone for a day; they are locked after the schema's.
    const schema = await context.db.transaction(async (tx) => {
      await lockSchema(tx, slug);
      const current = await getSchema({ db: tx }, { slug });
      const before = knowledgeOf(current);
      const known = new Set(before.map(({ sha256 }) => sha256));
      const added = listed.filter(({ sha256 }) => !known.has(sha256));
      return putSchema({ db: tx }, { slug, definition: { ...current.definition, knowledge: [...before, ...added] } });
    });
    return { schema, knowledge };
  } finally {
    await discard(files);
  }
}

function knowledgeOf({ definition }: SchemaDetail): readonly KnowledgeFile[] {
  return parseDefinition(definition).knowledge;
}

/** Before any of them is stored or read. */
function checkCount(present: readonly KnowledgeFile[], files: readonly SpooledFile[]): void {
  const count = new Set([...present, ...files].map(({ sha256 }) => sha256)).size;
  if (count <= maxKnowledge) return;
  const has = `it has ${present.length} and this upload has ${files.length}`;
  throw new RequestError('invalid', 'too_many_documents', `A schema has at most ${maxKnowledge} documents: ${has}`);
}

async function readAdded(
  context: Context,
  file: SpooledFile,
  until: number,
  signal: AbortSignal,
): Promise<AddedKnowledge> {
  const { name, sha256, type } = file;
  const waitMs = Math.max(0, until - Date.now());
  const reading = await awaitReading(context, { sha256, type }, { waitMs, signal });
  if (reading?.failure)
    throw new RequestError('unprocessable', reading.failure.reason, `${name}: ${reading.failure.message}`);
  return { name, sha256, type, passages: reading?.passages ?? null };
}
