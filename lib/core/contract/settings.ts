import { z } from 'zod';
import { trimmedText } from '#lib/core/storable.ts';

const usd = z.number({ error: 'must be a number of US dollars' }).nonnegative('must not be negative').max(1e9);
const budget = usd.nullable();

const modelName = trimmedText(200).min(1, 'must name a model');

const price = z.strictObject({
  /** US dollars per million tokens, as all three. */
  input: usd,
  /** Input that the provider had in its prompt cache. */
  cached: usd,
  output: usd,
});

/** What may be spent, and what models cost. */
export const settingsSchema = z.strictObject({
  budgets: z
    .strictObject({
      /** All calls of a calendar month (UTC); no limit for null. */
      month_usd: budget,
      /** All calls for one session. */
      session_usd: budget,
    })
    .default({ month_usd: null, session_usd: null }),
  /** By the name of the model; a model that is not there costs nothing, and no budget stops it. */
  prices: z.record(modelName, price).default({}),
});
export type Settings = z.output<typeof settingsSchema>;

/** The body of `PUT /api/settings`: what is absent stays as it is. */
export const settingsChangeSchema = settingsSchema.partial().extend({
  budgets: z.strictObject({ month_usd: budget.optional(), session_usd: budget.optional() }).optional(),
  prices: z.record(modelName, price).optional(),
});

export const settingsResponse = z.object({ settings: settingsSchema, spent_month_usd: z.number() });
