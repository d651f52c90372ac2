import { z } from 'zod';

/** A rectangle on a page: fractions (0–1) of page width and height from the top left. */
export const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.output<typeof boxSchema>;

export const wordSchema = boxSchema.extend({
  text: z.string(),
  /** 0–1 from OCR, null for a text layer. */
  confidence: z.number().min(0).max(1).nullable(),
});
export type Word = z.output<typeof wordSchema>;

export const pageKinds = ['pdf', 'image', 'sheet', 'text'] as const;
export const pageSources = ['text', 'ocr'] as const;

/**
 * One page as a reader gives it: words in reading order, with the text made from them.
 * `width` and `height` are points for PDF, pixels for images, and an even grid for sheets and text.
 */
export const pageSchema = z.object({
  /** 0-based. */
  pageNum: z.number().int().nonnegative(),
  kind: z.enum(pageKinds),
  source: z.enum(pageSources),
  width: z.number().positive(),
  height: z.number().positive(),
  /** The worksheet's or section's name, when it has one. */
  title: z.string().nullable(),
  words: z.array(wordSchema),
  /** Text in reading order, columns kept apart, one line per line of the page. */
  text: z.string(),
  /** The page as it looks: columns kept by spaces, for prompts. */
  layout: z.string(),
  /** The text encoding that the file was taken to be in, where it does not say which it is. */
  guessedEncoding: z.string().optional(),
});
export type Page = z.output<typeof pageSchema>;
