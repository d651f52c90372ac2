import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { priorities } from '#lib/core/schema/definition.ts';
import { type ReceivedUpload, receiveUpload } from '#lib/files/receive.ts';
import { FilesRefused } from '#lib/files/refused.ts';
import { discard, spool } from '#lib/files/spool.ts';
import { trimmedText } from '#lib/core/storable.ts';
import { sessionModes } from '#lib/core/fields/choices.ts';
import { createSession, createSessions, type StartedSessions } from './create.ts';

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
  sessions: z
    .enum(['', ...sessionModes], { error: `must be one of ${sessionModes.join(', ')}` })
    .optional()
    .transform((sessions) => sessions || undefined),
});

/** What is wrong with an upload, said at the place of the form where it can be fixed. */
export interface FormProblem {
  field: 'files' | 'schema' | 'name' | 'priority' | 'form';
  /** The file's name, when the problem is with one file. */
  file?: string;
  message: string;
}

/** An upload that was refused, with everything that is wrong with it. */
export class UploadRefused extends RequestError {
  override name = 'UploadRefused';
  readonly problems: readonly FormProblem[];
  /** What was entered besides the files. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(reason: RequestError, problems: readonly FormProblem[], fields: Readonly<Record<string, string>>) {
    super(reason.kind, reason.code, reason.message, { cause: reason });
    this.problems = problems;
    this.fields = fields;
  }

  override get details() {
    return { problems: this.problems };
  }
}

/**
 * `POST /api/sessions`: a multipart body, streamed. Gives the sessions' ids.
 * @throws UploadRefused, StorageUnavailable; nothing is stored then.
 */
export async function uploadFromRequest(context: Context, request: Request): Promise<StartedSessions> {
  let fields: Readonly<Record<string, string>> = {};
  try {
    const received = await receiveUpload(request, {
      dir: context.spoolDir,
      maxFileBytes: context.env.MAX_UPLOAD_MB * megabyte,
      maxRequestBytes: context.env.MAX_REQUEST_MB * megabyte,
    });
    ({ fields } = received);
    return await startSession(context, received, request);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error instanceof FilesRefused) ({ fields } = error);
    throw new UploadRefused(error, problemsOf(error, fields), fields);
  }
}

async function startSession(context: Context, { files, fields }: ReceivedUpload, request: Request) {
  try {
    const parsed = fieldsSchema.safeParse(fields);
    if (!parsed.success) {
      const problems = fieldProblems(fields).map(({ message }) => message);
      throw new RequestError('invalid', 'invalid_fields', problems.join('; '));
    }
    return await createSessions(context, { files, ...parsed.data, idempotencyKey: idempotencyKeyOf(request) });
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

function problemsOf(error: RequestError, fields: Readonly<Record<string, string>>): FormProblem[] {
  if (error instanceof FilesRefused) {
    const refused = error.files.map(({ name, error: { message } }) => ({
      field: 'files' as const,
      file: name,
      message,
    }));
    return [...refused, ...fieldProblems(fields)];
  }
  if (error.code === 'invalid_fields') return fieldProblems(fields);
  if (error.code === 'no_files') return [{ field: 'files', message: error.message }, ...fieldProblems(fields)];
  return [{ field: error.code.endsWith('schema') ? 'schema' : 'form', message: error.message }];
}

function fieldProblems(fields: Readonly<Record<string, string>>): FormProblem[] {
  return (fieldsSchema.safeParse(fields).error?.issues ?? []).map(({ path: [key], message }) => ({
    field: key === 'schema' || key === 'name' || key === 'priority' ? key : 'form',
    message: `${String(key)} ${message}`,
  }));
}

async function* chunksOf(content: Uint8Array) {
  yield content;
}
