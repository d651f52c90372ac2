import { z } from 'zod';
import { type FileType, isFileType } from '#lib/core/file-types.ts';
import { engines, priorities, sessionModes } from '../fields/choices.ts';
import { name, text } from '../rules/read.ts';

// What stands around the fields of a definition.

export interface Split {
  /** The field whose value tells one account from another; null only where `pages` says it all. */
  by: string | null;
  pattern: string | null;
  /** Every account has this many pages, whatever stands on them; null when the pages themselves tell. */
  pages: number | null;
}

/** What a model is shown of a page: its words, its picture, or both. */
export const pageInputs = ['text', 'image', 'both'] as const;
export type PageInput = (typeof pageInputs)[number];

/** When the text of a mail is a document: where no file that it carries can be read, or always. */
export const mailBodies = ['auto', 'always'] as const;

/** A reference document: its file is kept under its hash. */
export interface KnowledgeFile {
  name: string;
  sha256: string;
  type: FileType;
}

const maxPages = 2000;
export const splitSchema = z
  .object(
    {
      by: name.nullish(),
      pattern: text(500).nullish(),
      pages: z
        .int({ error: 'must be a whole number of pages' })
        .min(1, 'must be 1 or more')
        .max(maxPages, `must be at most ${maxPages}`)
        .nullish(),
    },
    { error: 'must be an object with by, the name of a field, or pages, the number of pages of each account' },
  )
  .refine((split) => Boolean(split.by) || typeof split.pages === 'number', {
    path: ['by'],
    error: 'is missing: name a field, or give pages',
  })
  .nullish()
  .transform((split): Split | null =>
    split ? { by: split.by ?? null, pattern: split.pattern ?? null, pages: split.pages ?? null } : null,
  );

/** Reference documents of one schema. */
export const maxKnowledge = 50;
const knowledgeSchema = z
  .array(
    z.object(
      {
        name,
        sha256: z
          .string({ error: 'is missing' })
          .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of an uploaded file, in hex'),
        type: z.string({ error: 'is missing' }).refine(isFileType, 'is not a supported file type'),
      },
      { error: 'must be an object with name, sha256 and type: upload the file, and it is listed' },
    ),
    { error: 'must be a list of reference documents' },
  )
  .max(maxKnowledge, `must have at most ${maxKnowledge} documents`)
  .default([])
  .transform((files) =>
    files.filter((file, index) => files.findIndex(({ sha256 }) => sha256 === file.sha256) === index),
  );

export const envelopeSchema = z.object({
  slug: z
    .string({ error: 'is missing: give it in the path or in the definition' })
    .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be small letters, digits and hyphens, at most 80'),
  name,
  locale: text(40).refine(isLocale, 'must be a language tag such as en-US or de-DE').default('en-US'),
  priority: z.enum(priorities, { error: 'must be high, normal or low' }).default('normal'),
  instructions: text(20_000).default(''),
  engine: z
    .enum(engines, { error: 'must be builtin or model, or null' })
    .nullish()
    .transform((engine) => engine ?? null),
  model: text(200)
    .nullish()
    .transform((model) => model || null),
  mail_body: z.enum(mailBodies, { error: 'must be auto or always' }).default('auto'),
  input: z.enum(pageInputs, { error: 'must be text, image or both' }).default('text'),
  sessions: z.enum(sessionModes, { error: 'must be together or per_file' }).default('together'),
  examples: z.boolean({ error: 'must be true or false' }).default(true),
  knowledge: knowledgeSchema,
  fields: z.record(z.string(), z.unknown(), { error: 'must be a JSON Schema of type object' }),
});

function isLocale(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
