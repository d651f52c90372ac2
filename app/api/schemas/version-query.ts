import { z } from 'zod';

/** `?version=`: the latest when it is not given. */
export const versionQuery = z.object({
  version: z.coerce.number({ error: 'must be the number of a version' }).int().positive().optional(),
});
