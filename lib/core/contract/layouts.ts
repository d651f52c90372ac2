import { z } from 'zod';
import { storableText } from '../storable.ts';
import { lessonSchema } from '../layouts/lesson.ts';

const maxPages = 5000;
const maxWords = 400;
const word = z.object({
  word: z.string().regex(/^[\p{L}\p{M}\p{N}]{1,80}$/u, 'must be one word of letters and digits'),
  x: z.number(),
  y: z.number(),
});

/** What one verified page taught. Only words that many documents have, or the schema itself, are named. */
export const layoutPage = lessonSchema.omit({ words: true }).extend({
  /** Pages with the same name come from one document. */
  source: storableText(80),
  words: z.array(word).max(maxWords),
});
export type LayoutPage = z.output<typeof layoutPage>;

/** What was learned for a schema, to be moved to another installation. */
export const layoutsFile = z.object({
  sluice_layouts: z.literal(1, { error: 'must be 1: this is no file of layouts that this version of Sluice can read' }),
  schema: storableText(80),
  pages: z.array(layoutPage).max(maxPages, `must have at most ${maxPages} pages`),
});
export type LayoutsFile = z.output<typeof layoutsFile>;

export const layoutsResponse = z.object({ layouts: layoutsFile });
/** `skipped`: pages of which too few words are named to tell them again. */
export const layoutsImported = z.object({ imported: z.number(), skipped: z.number() });
export type LayoutsImported = z.output<typeof layoutsImported>;
export const layoutsForgotten = z.object({ forgotten: z.number() });
