import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Context } from '#lib/app-context.ts';
import { RequestError } from '#lib/errors.ts';
import { priorities } from '#lib/extraction/definition.ts';
import { receiveUpload } from '#lib/files/receive.ts';
import { discard, spool, type SpooledFile } from '#lib/files/spool.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { trimmedText } from '#lib/storable.ts';
import { createSession } from './create.ts';

const megabyte = 1024 * 1024;
const sampleFile = 'samples/loan-packet.pdf';

const optionalText = (most: number) =>
  trimmedText(most)
    .optional()
    .transform((text) => text || undefined);

const fieldsSchema = z.object({
  schema: trimmedText(200, 'is missing: give the slug of a schema'),
  name: optionalText(300),
  priority: z
    .enum(['', ...priorities], { error: `must be one of ${priorities.join(', ')}` })
    .optional()
    .transform((priority) => priority || undefined),
});

/** What is wrong with a form, said at the place where it can be mended. */
export interface FormProblem {
  field: 'files' | 'schema' | 'name' | 'priority' | 'form';
  /** The file's name, when the problem is with one file. */
  file?: string;
  message: string;
}

export type FormOutcome = { ok: true; session_id: string } | { ok: false; errors: FormProblem[] };

/**
 * `POST /api/sessions`: a multipart body, streamed. Gives the session's id.
 * @throws RequestError, StorageUnavailable; nothing is stored then.
 */
export async function uploadFromRequest(context: Context, request: Request): Promise<string> {
  const { files, fields } = await receiveUpload(request, {
    dir: context.spoolDir,
    maxFileBytes: context.env.MAX_UPLOAD_MB * megabyte,
    maxRequestBytes: context.env.MAX_REQUEST_MB * megabyte,
  });
  try {
    const idempotencyKey = idempotencyKeyOf(request);
    return await createSession(context, { files, ...parseFields(fields), idempotencyKey });
  } finally {
    await discard(files);
  }
}

/** Longer ones fit into no index, and no one needs them. */
const maxKeyLength = 200;

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key') || undefined;
  if (key === undefined || key.length <= maxKeyLength) return key;
  const message = `The Idempotency-Key must have at most ${maxKeyLength} characters`;
  throw new RequestError('invalid', 'idempotency_key_too_long', message);
}

/** The form's server action: looks at every file, so that all that is wrong is told at once. Nothing is stored then. */
export async function uploadFromForm(context: Context, form: FormData): Promise<FormOutcome> {
  const { spooled, problems } = await spoolForm(context, form);
  try {
    if (spooled.length === 0 && problems.length === 0) {
      problems.push({ field: 'files', message: 'Choose at least one document' });
    }
    const fields = fieldsSchema.safeParse(
      Object.fromEntries(['schema', 'name', 'priority'].map((key) => [key, textOf(form, key)])),
    );
    for (const issue of fields.error?.issues ?? []) {
      problems.push({ field: fieldOf(issue.path[0]), message: `${String(issue.path[0])} ${issue.message}` });
    }
    if (problems.length > 0 || !fields.success) return { ok: false, errors: problems };
    return { ok: true, session_id: await createSession(context, { files: spooled, ...fields.data }) };
  } catch (error) {
    return { ok: false, errors: [formProblem(error)] };
  } finally {
    await discard(spooled);
  }
}

/** Starts an extraction of the bundled sample. Gives the session's id. */
export async function submitSample(context: Context): Promise<string> {
  const content = await readFile(resolve(sampleFile));
  const file = await spool(context.spoolDir, 'Sample loan packet.pdf', chunksOf(content), {
    maxBytes: content.byteLength,
  });
  try {
    return await createSession(context, { files: [file], schema: 'loan-accounts' });
  } finally {
    await discard([file]);
  }
}

async function spoolForm(context: Context, form: FormData) {
  const spooled: SpooledFile[] = [];
  const problems: FormProblem[] = [];
  // A file input that was left empty sends one file without a name.
  const given = form.getAll('files').filter((entry) => typeof entry !== 'string' && entry.name !== '');
  for (const file of given) {
    if (typeof file === 'string') continue;
    try {
      spooled.push(
        await spool(context.spoolDir, file.name, file.stream(), { maxBytes: context.env.MAX_UPLOAD_MB * megabyte }),
      );
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      problems.push({ field: 'files', file: file.name, message: error.message });
    }
  }
  return { spooled, problems };
}

function parseFields(fields: Record<string, string>) {
  const parsed = fieldsSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  throw new RequestError('invalid', 'invalid_fields', problems.join('; '));
}

function textOf(form: FormData, key: string): string | undefined {
  const value = form.get(key);
  return typeof value === 'string' ? value : undefined;
}

function fieldOf(key: unknown): FormProblem['field'] {
  return key === 'schema' || key === 'name' || key === 'priority' ? key : 'form';
}

function formProblem(error: unknown): FormProblem {
  if (error instanceof StorageUnavailable) {
    return {
      field: 'form',
      message: 'The file storage cannot be reached, so nothing was uploaded. Try again in a while.',
    };
  }
  if (!(error instanceof RequestError)) throw error;
  return { field: error.code.endsWith('schema') ? 'schema' : 'form', message: error.message };
}

async function* chunksOf(content: Uint8Array) {
  yield content;
}
