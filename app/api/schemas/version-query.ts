import { z } from 'zod';
import { numberInQuery } from '#lib/core/storable.ts';

/** `?version=`: the latest when it is not given. */
export const versionQuery = z.object({
  version: numberInQuery('must be the number of a version').optional(),
});
