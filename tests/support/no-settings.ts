import { envSchema } from '#lib/env.ts';

/** Every setting, empty: a process that is started with these reads none from the developer's `.env`. */
export const noSettings: Record<string, string> = Object.fromEntries(
  Object.keys(envSchema.shape).map((name) => [name, '']),
);
