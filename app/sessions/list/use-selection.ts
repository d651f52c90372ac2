'use client';

import { useState } from 'react';

interface Chosen {
  /** Of another filter it means nothing. */
  key: string;
  ids: ReadonlySet<string>;
  /** All under the filter, also those that are not loaded. */
  isAll: boolean;
  /** Where a range begins. */
  anchor: string | null;
}

export interface Selection {
  ids: ReadonlySet<string>;
  isAll: boolean;
  has: (id: string) => boolean;
  /** Selects or unselects a row; with `isRange` all from the one before to it. */
  toggle: (id: string, isRange: boolean) => void;
  /** All rows that are loaded, or none of them. */
  toggleLoaded: () => void;
  /** All under the filter. */
  selectAll: () => void;
  clear: () => void;
}

/** Which rows are selected, of those loaded under a filter (`key`). */
export function useSelection(key: string, rows: readonly { id: string }[]): Selection {
  const none: Chosen = { key, ids: new Set(), isAll: false, anchor: null };
  const [kept, setChosen] = useState<Chosen>(none);
  const chosen = kept.key === key ? kept : none;
  const loaded = rows.map(({ id }) => id);
  // A row that went away is not selected any more.
  const ids = chosen.isAll ? new Set(loaded) : new Set(loaded.filter((id) => chosen.ids.has(id)));
  const toggle = (id: string, isRange: boolean) => {
    const next = new Set(ids);
    const [from, to] = [loaded.indexOf(isRange ? (chosen.anchor ?? id) : id), loaded.indexOf(id)];
    const range = from < 0 || to < 0 ? [id] : loaded.slice(Math.min(from, to), Math.max(from, to) + 1);
    const isAdded = isRange || !next.has(id);
    for (const each of range)
      if (isAdded) next.add(each);
      else next.delete(each);
    setChosen({ key, ids: next, isAll: false, anchor: id });
  };
  return {
    ids,
    isAll: chosen.isAll,
    has: (id) => ids.has(id),
    toggle,
    toggleLoaded: () =>
      setChosen(ids.size === loaded.length ? none : { key, ids: new Set(loaded), isAll: false, anchor: null }),
    selectAll: () => setChosen({ key, ids: new Set(), isAll: true, anchor: null }),
    clear: () => setChosen(none),
  };
}
