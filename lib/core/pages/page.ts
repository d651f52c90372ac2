import { z } from 'zod';

/** A rectangle on a page: fractions (0–1) of page width and height from the top left. */
export const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.output<typeof boxSchema>;

/** What a worksheet's cell holds, whatever its number format shows: a day in ISO 8601, or plain digits. */
export const cellValueSchema = z.object({ kind: z.enum(['date', 'number']), value: z.string() });
export type CellValue = z.output<typeof cellValueSchema>;

/**
 * A business term of EN 16931, such as `BT-1`, and the line (0-based) that it is about, if any. `of`: absent for an
 * invoice.
 */
export const termSchema = z.object({
  id: z.string(),
  line: z.number().int().nonnegative().optional(),
  of: z.literal('order').optional(),
});
export type Term = z.output<typeof termSchema>;

export const wordSchema = boxSchema.extend({
  text: z.string(),
  /** 0–1 from OCR, null for a text layer. */
  confidence: z.number().min(0).max(1).nullable(),
  /** Quarter turns, clockwise, that make it upright; absent for a word that is. */
  turn: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  /** Of the cell that the word belongs to; absent for text. */
  typed: cellValueSchema.optional(),
  /** What it says in an electronic invoice or order; absent elsewhere, and for words that only label. */
  term: termSchema.optional(),
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
  /** It shows a file inside the document, such as an electronic invoice, and comes behind the document's own pages. */
  isEmbedded: z.literal(true).optional(),
  /** The first page, of a document that holds files which may be documents of their own. */
  holdsFiles: z.literal(true).optional(),
  /** How far its lines lean when it is turned upright, in radians, clockwise; absent when they are level. */
  skew: z.number().optional(),
  /** Sentences for people: what could not be read, or had to be guessed. */
  notices: z.array(z.string()).optional(),
});
export type Page = z.output<typeof pageSchema>;
