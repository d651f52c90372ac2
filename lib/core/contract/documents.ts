import { z } from 'zod';
import { pageKinds, pageSources, wordSchema } from '#lib/core/pages/page.ts';
import { failure, waiting } from './common.ts';
import { stageStates } from './sessions.ts';

/** What RSA-OAEP with SHA-256 and a key of 2,048 bits can seal. */
const maxPasswordBytes = 190;
const encoder = new TextEncoder();

/** The body of `POST …/password`. */
export const newPassword = z.object({
  password: z
    .string({ error: 'must be the password of the file' })
    .min(1, 'is empty')
    .refine((text) => encoder.encode(text).length <= maxPasswordBytes, `is longer than ${maxPasswordBytes} bytes`),
});

/** A page as it was read: its words with boxes. */
export const pageView = z.object({
  page_num: z.number(),
  kind: z.enum(pageKinds),
  width: z.number(),
  height: z.number(),
  source: z.enum(pageSources),
  title: z.string().nullable(),
  text: z.string(),
  words: z.array(wordSchema),
});
export type PageView = z.output<typeof pageView>;
export const pageResponse = z.object({ page: pageView });

export const backgroundStatus = z.object({
  stage: z.string(),
  /** 0–100 over all stages. */
  progress: z.number(),
  pages_processed: z.number(),
  total_pages: z.number(),
  pages_failed: z.number(),
  accounts: z.array(
    z.object({ account_index: z.number(), account_number: z.string().nullable(), pages: z.array(z.number()) }),
  ),
  stages: stageStates,
  waiting: waiting.nullable(),
  failure: failure.nullable(),
});
export type BackgroundStatus = z.output<typeof backgroundStatus>;
export const backgroundStatusResponse = z.object({ status: backgroundStatus });

/** What a page gave for one account, or how far its document is. */
export const cachedData = z.discriminatedUnion('cached', [
  z.object({
    cached: z.literal(true),
    data: z.record(z.string(), z.unknown()),
    account_number: z.string().nullable(),
    /** Seconds since the epoch. */
    extraction_time: z.number(),
    /** All accounts that the page belongs to. */
    accounts: z.array(z.object({ account_index: z.number(), account_number: z.string().nullable() })),
  }),
  z.object({
    cached: z.literal(false),
    processing: z.boolean(),
    stage: z.string(),
    progress: z.number(),
    pages_processed: z.number(),
    total_pages: z.number(),
    failure: failure.optional(),
  }),
]);
export type CachedData = z.output<typeof cachedData>;
