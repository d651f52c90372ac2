import { z } from 'zod';
import { pageSchema } from '#lib/core/pages/page.ts';
import { failureReasons } from '#lib/core/failures.ts';
import { type FileType, fileTypes } from '#lib/core/file-types.ts';
import { pdfReaders } from '#lib/env.ts';
import { toStorable } from '#lib/core/storable.ts';
import { heldProblems } from '../reader.ts';
import { otherLanguages } from '../ocr/scripts.ts';
import { admitPage } from './admit-page.ts';
import { limits } from './limits.ts';

const file = z.object({
  path: z.string(),
  type: z.custom<FileType>((name) => typeof name === 'string' && name in fileTypes),
  password: z.string().optional(),
  pdfReader: z.enum(pdfReaders).optional(),
});
const pageNum = z.number().int().nonnegative();

/** What the worker asks a reader's process to do. */
export const callSchema = z.discriminatedUnion('call', [
  z.object({ call: z.literal('count'), file }),
  z.object({
    call: z.literal('read'),
    file,
    from: pageNum,
    to: pageNum,
    /** `defer` leaves pages without usable text empty and says so; `js` and `native` recognise them. */
    ocr: z.enum(['defer', 'js', 'native']),
    languages: z.string(),
    /** Those of which there is data besides: a page in one of them is read in that one. */
    others: z.array(z.enum(otherLanguages)),
    /** When PP-OCR reads as well as Tesseract. */
    paddle: z.enum(['never', 'where_better', 'always']),
  }),
  z.object({ call: z.literal('render'), file, pageNum, dpi: z.number().positive() }),
  /** `maxBytes`: a file that is larger is named and not given. */
  z.object({ call: z.literal('unpack'), file, maxBytes: z.number().int().positive() }),
  /** The answer to `tesseract`. */
  z.object({ call: z.literal('tsv'), tsv: z.string() }),
]);
export type Call = z.output<typeof callSchema>;
export type ReaderCall = Exclude<Call, { call: 'tsv' }>;

/** What a reader's process answers. It has read a stranger's file: nothing it says is trusted unparsed. */
export const answerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('ready') }),
  z.object({ answer: z.literal('count'), pages: z.number().int().nonnegative() }),
  z.object({ answer: z.literal('page'), page: pageSchema.transform(admitPage), deferred: z.boolean() }),
  /** A PNG in the body. */
  z.object({ answer: z.literal('image') }),
  /** A file that the file holds, in the body unless there is a problem. */
  z.object({
    answer: z.literal('held'),
    name: z.string().max(limits.nameLength).transform(toStorable),
    problem: z.enum(heldProblems).nullable(),
    isCovered: z.boolean(),
  }),
  /** A picture in the body that the native Tesseract shall read; a `tsv` call is awaited. */
  z.object({
    answer: z.literal('tesseract'),
    segmentation: z.literal([3, 4, 6, 11]),
    dpi: z.number().int().positive(),
    /** One that is not among those of the worker. */
    language: z.enum(otherLanguages).nullable(),
  }),
  /** The last word on a call. */
  z.object({ answer: z.literal('done'), cpuSeconds: z.number(), rss: z.number() }),
  z.object({
    answer: z.literal('failed'),
    reason: z.enum(failureReasons),
    message: z.string().max(1000).transform(toStorable),
    /** For the log: what the library said. */
    cause: z.string().max(4000),
  }),
]);
export type Answer = z.output<typeof answerSchema>;
