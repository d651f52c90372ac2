import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { maxInteger } from '#lib/storable.ts';

const positive = (fallback: number) => z.coerce.number().int().positive().max(maxInteger).default(fallback);

/** An empty variable means an absent one: `PORT= npm start` uses the default. */
const optionalText = z.string().min(1).optional();

const schema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .optional(),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(path)),
  HOST: z
    .enum(['127.0.0.1', 'localhost', '::1'], { error: 'must be 127.0.0.1, localhost or ::1 until sign-in exists' })
    .default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port number from 1 to 65535' }).int().min(1).max(65_535).default(3000),
  STORAGE_URL: z
    .string()
    .regex(/^(file:.+|s3:\/\/[^/].*)$/, 'must be file:/some/folder or s3://bucket/prefix')
    .optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_PATH_STYLE: z.stringbool({ error: 'must be true or false' }).default(false),
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: z.url({ error: 'must be an address such as http://127.0.0.1:11434/v1' }).optional(),
  MODEL: optionalText,
  MODEL_API: z.enum(['chat', 'responses'], { error: 'must be chat or responses' }).optional(),
  MODEL_CONCURRENCY: positive(16),
  MODEL_TIMEOUT_S: positive(120),
  WORKER_DOCUMENTS: positive(5),
  WORKER_READERS: positive(availableParallelism()),
  OCR_ENGINE: z.enum(['auto', 'js'], { error: 'must be auto or js' }).default('auto'),
  OCR_LANGUAGES: z
    .string()
    .regex(/^[a-z_]{3,}(\+[a-z_]{3,})*$/i, 'must be language codes joined by +, such as eng or eng+deu')
    .default('eng'),
  MAX_UPLOAD_MB: positive(100),
  MAX_REQUEST_MB: positive(500),
  MAX_PAGES: positive(2000),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

export type Env = z.output<typeof schema> & {
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
 * Reads the configuration of this process (SPEC.md §2).
 * @throws EnvError with one line per wrong variable, each naming the variable and the mend.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
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
