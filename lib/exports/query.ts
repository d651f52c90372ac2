import { sessionFilter } from '#lib/core/contract/sessions.ts';
import { z } from 'zod';
import { sessionIds } from '#lib/core/contract/bulk.ts';
import type { SessionTarget } from '#lib/sessions/target.ts';
import { RequestError } from '#lib/core/errors.ts';

export const exportFormats = ['json', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  format: ExportFormat;
  /** With each value's evidence; JSON only. */
  isFull: boolean;
}

const formFields = {
  format: z.enum(exportFormats, { error: `must be one of ${exportFormats.join(', ')}` }).default('json'),
  detail: z.enum(['plain', 'full'], { error: 'must be plain or full' }).default('plain'),
};
const formSchema = z.object(formFields);

/** `format` and `detail` of a query. @throws ZodError; RequestError when they don't go together */
export function exportOptionsOf(query: Record<string, unknown>): ExportOptions {
  const { format, detail } = formSchema.parse(query);
  if (detail === 'full' && format !== 'json') {
    throw new RequestError('invalid', 'no_such_detail', `detail=full is only in format=json, not in ${format}`);
  }
  return { format, isFull: detail === 'full' };
}

// A parameter that is not known would widen the export in silence; those of the list's pages mean nothing here.
const filterSchema = z.strictObject({
  ...sessionFilter.shape,
  ...formFields,
  cursor: z.unknown().optional(),
  limit: z.unknown().optional(),
});

/**
 * The target that a query names: `ids=a,b,c`, or the filter parameters of `GET /api/sessions`; without any, all sessions.
 * @throws ZodError; RequestError when it names ids and a filter
 */
export function exportTargetOf({ ids, ...query }: Record<string, unknown>): SessionTarget {
  const { format: _format, detail: _detail, cursor: _cursor, limit: _limit, ...filter } = filterSchema.parse(query);
  if (ids === undefined) return { filter };
  if (Object.values(filter).some((value) => value !== undefined)) {
    throw new RequestError('invalid', 'ids_and_filter', 'Name ids or a filter, not both');
  }
  const listed = typeof ids === 'string' ? ids.split(',').filter((id) => id !== '') : ids;
  return { ids: [...new Set(z.object({ ids: sessionIds }).parse({ ids: listed }).ids)] };
}
