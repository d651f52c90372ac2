import { z } from 'zod';
import { failureReasons } from '#lib/core/failures.ts';

// Shapes that several parts of the API share. Times are ISO 8601; page and account numbers count from 0.

/** Why something cannot continue for now, and when it resumes. */
export const waiting = z.object({ reason: z.string(), until: z.string() });

export const failure = z.object({ reason: z.enum(failureReasons), message: z.string() });

/** How many there are; `exact: false` means at least that many. */
export const count = z.object({ number: z.number(), exact: z.boolean() });
export type Count = z.output<typeof count>;

export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** The answer of a call that has nothing to say but that it worked. */
export const doneResponse = z.object({});

/** Every refusal: what is wrong, and what to do. Some codes come with more. */
export const errorResponse = z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) });
