'use client';

import type { EditsResponse, Operation } from '#lib/core/contract/edits.ts';
import type { AccountView, Results } from '#lib/core/contract/results.ts';
import type { SessionDetail, SessionSummary } from '#lib/core/contract/sessions.ts';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Outbox, outboxOf, type OutboxState } from '#app/api-client/outbox.ts';
import { useLive } from '#app/live/live-provider.tsx';
import { type ListShape, withAllCells } from '../fields/list-shapes.ts';
import { expected, toServer } from './expected.ts';

interface Options {
  session: SessionDetail;
  results: Results;
  lists: readonly ListShape[];
  putResults: (change: (now: Results) => Results) => void;
  put: (summary: SessionSummary) => void;
  reload: () => void;
}

export interface Edits {
  /** The results with all that this window changed, saved or not. */
  shown: Results;
  /** Does these operations as one change, after those before it. */
  edit: (operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  isReadOnly: boolean;
  /** What is on its way to the server, and what it did not take. */
  saving: OutboxState & Pick<Outbox, 'retry' | 'discard' | 'settled'> & { resend: (id: string) => void };
}

/** What this window changed, newest last, and what it took back. */
interface Stacks {
  done: string[];
  undone: string[];
}

const nothing: OutboxState = { entries: [], refused: [], trouble: null };

/**
 * The changes that this window makes. They are kept in the browser and sent one after the other, each on the version that
 * the one before gave; meanwhile the screen shows them as done. While the server is away they wait. When somebody else
 * changed the session, nothing is overwritten: the change is kept aside, for the person to decide.
 */
export function useEdits({ session, results, lists, putResults, put, reload }: Options): Edits {
  const stacks = useRef<Stacks>({ done: [], undone: [] });
  const [can, setCan] = useState({ undo: false, redo: false });
  const onSaved = useEffectEvent((answer: EditsResponse) => {
    putResults((now) => merge(now, answer));
    put(answer.session);
  });
  const { id } = session;
  useEffect(() => {
    const outbox = outboxOf(id);
    return outbox.subscribe(
      () => {},
      (answer) => onSaved(answer),
    );
  }, [id]);
  const subscribe = useCallback((onChange: () => void) => outboxOf(id).subscribe(onChange), [id]);
  const state = useSyncExternalStore(
    subscribe,
    () => outboxOf(session.id).state(),
    () => nothing,
  );
  const refused = state.refused.length;
  const onRefused = useEffectEvent(reload);
  useEffect(() => {
    if (refused > 0) onRefused();
  }, [refused]);
  useResending(session.id);
  const complete = useMemo(() => withAllCells(results, lists), [results, lists]);
  const shown = useMemo(() => expected(complete, state.entries, lists), [complete, state.entries, lists]);
  const send = (operations: Operation[]) => outboxOf(session.id).add(operations.map(toServer), results.version);
  const remember = (now: Stacks) => {
    stacks.current = now;
    setCan({ undo: now.done.length > 0, redo: now.undone.length > 0 });
  };
  return {
    shown,
    edit: (operations) => {
      const id = send(operations);
      remember({ done: [...stacks.current.done, id], undone: [] });
    },
    undo: () => {
      const { done, undone } = stacks.current;
      const last = done.at(-1);
      if (last === undefined) return;
      const id = send([{ op: 'undo', change_id: last }]);
      remember({ done: done.slice(0, -1), undone: [...undone, id] });
    },
    redo: () => {
      const { done, undone } = stacks.current;
      const last = undone.at(-1);
      if (last === undefined) return;
      const id = send([{ op: 'undo', change_id: last }]);
      remember({ done: [...done, id], undone: undone.slice(0, -1) });
    },
    canUndo: can.undo,
    canRedo: can.redo,
    isReadOnly: session.status === 'verified',
    saving: {
      ...state,
      retry: () => outboxOf(session.id).retry(),
      discard: (id) => outboxOf(session.id).discard(id),
      settled: () => outboxOf(session.id).settled(),
      resend: (id) => outboxOf(session.id).resend(id, results.version),
    },
  };
}

/** Sends again as soon as the server is heard of. */
function useResending(sessionId: string): void {
  useEffect(() => {
    const retry = () => outboxOf(sessionId).retry();
    retry();
    addEventListener('online', retry);
    return () => removeEventListener('online', retry);
  }, [sessionId]);
  useLive((event) => {
    if (event.kind === 'ready') outboxOf(sessionId).retry();
  });
}

function merge(now: Results, answer: { version: number; accounts: AccountView[] }): Results {
  const changed = new Map(answer.accounts.map((account) => [keyOf(account), account]));
  const accounts = now.accounts.map((account) => changed.get(keyOf(account)) ?? account);
  return { ...now, version: answer.version, accounts };
}

function keyOf({ document_id, account_index }: AccountView): string {
  return `${document_id}/${account_index}`;
}
