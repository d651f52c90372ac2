import { z } from 'zod';
import { storableText } from '../storable.ts';

/**
 * What a verified page teaches about its layout: where its words stand, by keyed hashes, and where its values do. Neither
 * a value nor a word in plain text is in it. Positions are fractions of the page turned upright; `y` is a middle.
 */

const maxPath = 1000;
/** More than a schema has fields. */
const maxAbsent = 10_000;

/** A word by its keyed hash: the left edge of it, and its middle. */
const printedWordSchema = z.object({ hash: z.string(), x: z.number(), y: z.number() });
export type PrintedWord = z.output<typeof printedWordSchema>;

/** Where one value stands. */
const placeSchema = z.object({
  /** Of its field, as `pathText` writes it. */
  path: storableText(maxPath),
  x: z.number(),
  right: z.number(),
  /** The middle of its first line. */
  y: z.number(),
  lines: z.number().int().positive(),
  words: z.number().int().positive(),
  /** Whether it is all that stands in its cell up to its start, or from its end on. */
  startsCell: z.boolean(),
  endsCell: z.boolean(),
});
export type Place = z.output<typeof placeSchema>;

/**
 * What the cells of one column have in common. `name`: null for a column that the list does not ask for. `down`: how far
 * below the line that has most of the row they stand.
 */
const columnPlaceSchema = z.object({
  name: storableText(maxPath).nullable(),
  x: z.number(),
  right: z.number(),
  down: z.number(),
  /** Whether every row has a value in it. */
  isFull: z.boolean(),
  /** Whether its values reach to the ends of their cells. */
  isWhole: z.boolean(),
});
export type ColumnPlace = z.output<typeof columnPlaceSchema>;

/** Where the rows of a list stand: from the middle of the first row on. */
const listPlaceSchema = z.object({ path: storableText(maxPath), y: z.number(), columns: z.array(columnPlaceSchema) });
export type ListPlace = z.output<typeof listPlaceSchema>;

/** Fewer words are no layout. */
export const minWords = 6;

export const lessonSchema = z.object({
  words: z.array(printedWordSchema),
  places: z.array(placeSchema).max(maxAbsent),
  lists: z.array(listPlaceSchema),
  /** Fields of which the whole record has no value. */
  absent: z.array(storableText(maxPath)).max(maxAbsent),
});
export type Lesson = z.output<typeof lessonSchema>;
