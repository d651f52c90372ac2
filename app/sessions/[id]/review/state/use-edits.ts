'use client';

import { editsResponse, type Operation } from '#lib/core/contract/edits.ts';
import type { AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import type { SessionDetail, SessionSummary } from '#lib/core/contract/sessions.ts';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { ApiError, callApi } from '#app/api-client/call.ts';

interface Options {
  session: SessionDetail;
  results: Results;
  putResults: (change: (now: Results) => Results) => void;
  put: (summary: SessionSummary) => void;
  reload: () => void;
}

export interface Edits {
  /** Does these operations as one change, after those before it. Refusals are told in a toast. */
  edit: (operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  isReadOnly: boolean;
}

/** What this window changed, newest last, and what it took back. */
interface Stacks {
  done: string[];
  undone: string[];
}

/**
 * The changes that this window makes. They are sent one after the other, each on the version that the one before gave;
 * meanwhile the screen shows them as done. When somebody else changed the session, nothing is overwritten: the screen is
 * brought up to date and says so.
 */
export function useEdits({ session, results, putResults, put, reload }: Options): Edits {
  // What can be taken back is known once the change before is answered: it is looked up when it is its turn.
  const stacks = useRef<Stacks>({ done: [], undone: [] });
  const [can, setCan] = useState({ undo: false, redo: false });
  const version = useRef(results.version);
  useEffect(() => {
    version.current = results.version;
  }, [results.version]);
  const line = useRef(Promise.resolve());

  const send = (make: (now: Stacks) => Operation[], keep: (changeId: string, now: Stacks) => Stacks) => {
    line.current = line.current.then(async () => {
      const operations = make(stacks.current);
      if (operations.length === 0) return;
      try {
        const answer = await callApi(`/api/sessions/${session.id}/edits`, editsResponse, {
          method: 'POST',
          body: JSON.stringify({ base_version: version.current, operations }),
        });
        version.current = answer.version;
        putResults((now) => merge(now, answer));
        put(answer.session);
        stacks.current = keep(answer.change_id, stacks.current);
        setCan({ undo: stacks.current.done.length > 0, redo: stacks.current.undone.length > 0 });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        toast.error(error.message);
        reload();
      }
    });
  };

  return {
    edit: (operations) => {
      putResults((now) => operations.reduce(expect, now));
      send(
        () => operations,
        (id, now) => ({ done: [...now.done, id], undone: [] }),
      );
    },
    undo: () =>
      send(
        ({ done }) => takeBack(done.at(-1)),
        (id, { done, undone }) => ({ done: done.slice(0, -1), undone: [...undone, id] }),
      ),
    redo: () =>
      send(
        ({ undone }) => takeBack(undone.at(-1)),
        (id, { done, undone }) => ({ done: [...done, id], undone: undone.slice(0, -1) }),
      ),
    canUndo: can.undo,
    canRedo: can.redo,
    isReadOnly: session.status === 'verified',
  };
}

function takeBack(changeId: string | undefined): Operation[] {
  return changeId === undefined ? [] : [{ op: 'undo', change_id: changeId }];
}

function merge(now: Results, answer: { version: number; accounts: AccountView[] }): Results {
  const changed = new Map(answer.accounts.map((account) => [keyOf(account), account]));
  const accounts = now.accounts.map((account) => changed.get(keyOf(account)) ?? account);
  return { ...now, version: answer.version, accounts };
}

function keyOf({ document_id, account_index }: AccountView): string {
  return `${document_id}/${account_index}`;
}

/** What the server will most likely answer, until it does. */
function expect(now: Results, operation: Operation): Results {
  const change = expectedChange(operation);
  if (!change || !('id' in operation)) return now;
  const accounts = now.accounts.map((account) => {
    if (!account.fields.some((field) => field.id === operation.id)) return account;
    return {
      ...account,
      fields: account.fields.map((field) => (field.id === operation.id ? { ...field, ...change } : field)),
    };
  });
  return { ...now, accounts };
}

function expectedChange(operation: Operation): Partial<ValueView> | null {
  if (operation.op === 'confirm') return { state: 'confirmed', suggestion: null };
  if (operation.op === 'absent') return { state: 'absent', value: null, suggestion: null };
  if (operation.op === 'set') return { state: 'edited', value: operation.value, raw: null, suggestion: null };
  return null;
}
