'use client';

import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { type SessionStatus, sessionStatuses } from '#lib/core/lifecycle.ts';

const parsers = { status: parseAsStringLiteral(sessionStatuses), schema: parseAsString, q: parseAsString };

export interface FilterQuery {
  filter: SessionFilter;
  isFiltered: boolean;
  /** null clears everything. */
  setFilter: (change: { status?: SessionStatus | null; schema?: string | null; q?: string | null } | null) => void;
}

/** The list's filter, kept in the address: it can be sent to somebody, and Back works. */
export function useFilter(): FilterQuery {
  const [query, setQuery] = useQueryStates(parsers);
  const filter = {
    ...(query.status ? { status: query.status } : {}),
    ...(query.schema ? { schema: query.schema } : {}),
    ...(query.q ? { q: query.q } : {}),
  };
  return {
    filter,
    isFiltered: Object.keys(filter).length > 0,
    setFilter: (change) => void setQuery(change),
  };
}
