'use client';

import type { Results, ValueView } from '#lib/core/contract/results.ts';
import { useCallback, useMemo, useState } from 'react';
import type { ListShape } from '../fields/list-shapes.ts';
import type { Proposal, Reviewing } from './review.ts';
import type { Edits } from './use-edits.ts';
import { stopsOf, type Stops } from './use-focus.ts';

interface Options {
  results: Results;
  stops: Stops;
  edits: Edits;
  required: ReadonlySet<string>;
  lists: readonly ListShape[];
  definition: Readonly<Record<string, unknown>>;
}

/** What a person does with the focused value; null while a session has no account. */
export function useReviewing({
  stops,
  edits,
  required,
  lists,
  definition,
}: Options): (Reviewing & { typed: string | null }) | null {
  const [editing, setEditing] = useState<Reviewing['editing']>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [proposed, setProposal] = useState<Proposal | null>(null);
  const { account, focused } = stops;
  const reasons = useMemo(
    () => new Map(stopsOf(account, required).flatMap(({ field, reason }) => (reason ? [[field.id, reason]] : []))),
    [account, required],
  );
  const stopEditing = useCallback(() => setEditing(null), []);
  if (!account) return null;
  const { isReadOnly } = edits;
  const id = focused?.field.id;
  const goOn = () => {
    if (!stops.go(1)) stops.goAttention(1);
  };
  const verbs = {
    confirm: () => {
      if (id === undefined) return;
      edits.edit([{ op: 'confirm', id }]);
      goOn();
    },
    edit: () => setEditing({ start: null }),
    markAbsent: () => {
      if (id === undefined) return;
      edits.edit([{ op: 'absent', id }]);
      goOn();
    },
    revert: () => {
      if (id !== undefined && focused?.field.original) edits.edit([{ op: 'revert', id }]);
    },
  };
  const use = (value: ValueView['value'], evidence: ValueView['evidence'] = null) => {
    if (id === undefined || value === null) return;
    edits.edit([{ op: 'set', id, value, ...(evidence ? { evidence } : {}) }]);
  };
  // It is for the value at which the click was made: whoever goes on leaves it behind.
  const proposal = proposed && proposed.id === id && !isReadOnly ? proposed : null;
  return {
    account,
    stops,
    proposal,
    point: (quote, evidence) => {
      if (isReadOnly || id === undefined || !focused) return;
      const isWanted = editing !== null || focused.reason !== null || focused.field.value === null;
      setEditing(null);
      if (isWanted) use(quote, evidence);
      else setProposal({ id, quote, evidence });
    },
    takeProposal: () => {
      if (proposal) use(proposal.quote, proposal.evidence);
      setProposal(null);
    },
    dropProposal: () => setProposal(null),
    edits,
    reasons,
    isReadOnly,
    lists,
    definition,
    editing: isReadOnly ? null : editing,
    startEditing: (start) => {
      if (!isReadOnly && id !== undefined) setEditing({ start });
    },
    stopEditing,
    saveEditing: (text, then) => {
      setEditing(null);
      if (id !== undefined) edits.edit([text.trim() === '' ? { op: 'absent', id } : { op: 'set', id, value: text }]);
      if (then === 'next') goOn();
      if (then === 'back') stops.go(-1);
    },
    setTyped,
    verbs,
    use,
    typed,
  };
}
