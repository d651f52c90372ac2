import { and, type SQL, sql } from 'drizzle-orm';
import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { sessions } from '#lib/db/tables/sessions.ts';
import { isId } from '#lib/id.ts';
import { filterConditions } from './list.ts';

/** Sessions that are named, or all under a filter. */
export type SessionTarget = { ids: readonly string[] } | { filter: SessionFilter };

/** The sessions of a target, for a query joined to their schemas. What is no id names none. */
export function targetCondition(target: SessionTarget): SQL | undefined {
  if ('filter' in target) return and(...filterConditions(target.filter));
  return sql`${sessions.id} = any(${sql.param(target.ids.filter(isId))}::uuid[])`;
}
