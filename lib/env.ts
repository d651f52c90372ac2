import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { maxInteger } from '#lib/core/storable.ts';

export const pdfReaders = ['auto', 'pdfium', 'pdfjs'] as const;
export type PdfReaderName = (typeof pdfReaders)[number];

/** A whole number above zero, and what it limits. */
const positive = (fallback: number, about: { description: string; shownDefault?: string }) =>
  z.coerce.number().int().positive().max(maxInteger).default(fallback).meta(about);

/** An empty variable means an absent one: `PORT= npm start` uses the default. */
const optionalText = z.string().min(1).optional();

/** Where neither the schema nor `MODEL` names one. */
export const defaultModel = 'gpt-5-mini';

/**
 * Every setting. Its description is what `.env.example` says (`npm run env-example`), and `shownDefault` stands there for
 * a default that depends on the machine or on other settings.
 */
export const envSchema = z.object({
  HOST: z
    .enum(['127.0.0.1', 'localhost', '::1'], { error: 'must be 127.0.0.1, localhost or ::1 until sign-in exists' })
    .default('127.0.0.1')
    .meta({ description: 'Where the web application listens: loopback only.' }),
  PORT: z.coerce
    .number({ error: 'must be a port number from 1 to 65535' })
    .int()
    .min(1)
    .max(65_535)
    .default(3000)
    .meta({ description: 'Its port.' }),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(path))
    .meta({ description: 'A folder for the embedded database, files and temporary files.' }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .optional()
    .meta({
      description:
        'Your own PostgreSQL, such as postgres://user:password@host:5432/sluice. Without it, one is embedded below DATA_DIR.',
    }),
  STORAGE_URL: z
    .string()
    .regex(/^(file:.+|s3:\/\/[^/].*)$/, 'must be file:/some/folder or s3://bucket/prefix')
    .optional()
    .meta({
      description: 'Where files and results are stored: file:/some/folder or s3://bucket/prefix.',
      shownDefault: 'a folder below DATA_DIR',
    }),
  S3_ENDPOINT: z
    .url()
    .optional()
    .meta({ description: 'The address of an S3-compatible server. Without it: Amazon S3.' }),
  S3_REGION: z.string().default('us-east-1').meta({ description: 'The region of the bucket.' }),
  S3_PATH_STYLE: z.stringbool({ error: 'must be true or false' }).default(false).meta({
    description: 'true for servers that expect the bucket in the path rather than in the host name.',
    shownDefault: 'false',
  }),
  OPENAI_API_KEY: optionalText.meta({
    description: 'A key for the model server. A key or a base URL makes the model the default engine.',
  }),
  OPENAI_BASE_URL: z.url({ error: 'must be an address such as http://127.0.0.1:11434/v1' }).optional().meta({
    description:
      'An OpenAI-compatible server, such as http://127.0.0.1:11434/v1. Needs MODEL; the key is then optional.',
  }),
  MODEL: optionalText.meta({ description: 'The name of the model.', shownDefault: `${defaultModel} at OpenAI` }),
  MODEL_API: z.enum(['chat', 'responses'], { error: 'must be chat or responses' }).optional().meta({
    description: "Which of OpenAI's APIs the server speaks: chat or responses.",
    shownDefault: 'chat with OPENAI_BASE_URL, otherwise responses',
  }),
  MODEL_CONCURRENCY: positive(16, { description: 'Model calls at a time per worker, at most.' }),
  MODEL_TIMEOUT_S: positive(120, { description: 'How long one model call may take, in seconds.' }),
  WORKER_DOCUMENTS: positive(5, { description: 'Documents at a time per worker.' }),
  WORKER_READERS: positive(availableParallelism(), {
    description: 'Reader processes at a time per worker.',
    shownDefault: 'the number of CPUs',
  }),
  OCR_ENGINE: z
    .enum(['auto', 'tesseract', 'js', 'paddle'], { error: 'must be auto, tesseract, js or paddle' })
    .default('auto')
    .meta({
      description:
        'auto uses Tesseract, an installed one where there is one, and PP-OCR where that reads better; tesseract the former alone; js the bundled Tesseract alone; paddle prefers PP-OCR.',
    }),
  OCR_LANGUAGES: z
    .string()
    .regex(/^[a-z_]{3,}(\+[a-z_]{3,})*$/i, 'must be language codes joined by +, such as eng or eng+deu')
    .default('eng')
    .meta({ description: 'Languages of scanned text, joined by +, such as eng+deu.' }),
  PDF_READER: z.enum(pdfReaders, { error: 'must be auto, pdfium or pdfjs' }).default('auto').meta({
    description:
      'What reads PDF files: pdfium, pdfjs, or auto for PDFium where it reads as well as pdf.js, and pdf.js elsewhere.',
  }),
  MAX_UPLOAD_MB: positive(100, { description: 'The largest file, in MB.' }),
  MAX_REQUEST_MB: positive(500, { description: 'The largest upload of several files, in MB.' }),
  MAX_PAGES: positive(2000, { description: 'Pages per document, at most.' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info')
    .meta({ description: 'fatal, error, warn, info, debug, trace or silent.' }),
});

export type Env = z.output<typeof envSchema> & {
  /** `model` when a key or a base URL is set. */
  defaultEngine: 'builtin' | 'model';
  modelApi: 'chat' | 'responses';
};

/** Never shown, also when they are wrong: one holds a password, the other is a key. */
const secret = new Set(['DATABASE_URL', 'OPENAI_API_KEY']);

export class EnvError extends Error {
  override name = 'EnvError';
}

/**
 * Reads the configuration of this process (docs/spec.md §2).
 * @throws EnvError with one line per wrong variable, each naming the variable and the fix.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return secret.has(name)
        ? `${name} ${issue.message}`
        : `${name} ${issue.message} (it is ${JSON.stringify(given[name])})`;
    });
    throw new EnvError(lines.join('\n'));
  }
  const env = parsed.data;
  if (env.OPENAI_BASE_URL && !env.MODEL) {
    throw new EnvError('MODEL must be set when OPENAI_BASE_URL is: name a model that the server offers');
  }
  return {
    ...env,
    defaultEngine: env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? 'model' : 'builtin',
    modelApi: env.MODEL_API ?? (env.OPENAI_BASE_URL ? 'chat' : 'responses'),
  };
}

let parsed: Env | undefined;

/** The configuration of this process, read once. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}
