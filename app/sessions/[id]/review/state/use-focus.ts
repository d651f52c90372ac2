'use client';

import type { AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import { useMemo, useState } from 'react';
import { isVirtual } from '../fields/list-shapes.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { isDecided } from '#lib/core/values/value.ts';

/** A value that a person can stop at. */
export interface Stop {
  field: ValueView;
  /** Why somebody should look at it; null when no one needs to. */
  reason: string | null;
}

/**
 * Where the reviewer is: one account, and in it one value. The values to stop at are those that need attention, or all.
 * A value that was settled stays among them until the reviewer has gone on: nothing jumps away under the hands.
 */
export function useStops(results: Results, required: ReadonlySet<string>) {
  const [accountIndex, setAccountIndex] = useState(() => firstOpen(results, required));
  const account: AccountView | undefined = results.accounts[accountIndex] ?? results.accounts[0];
  // Where nothing asked for a look when the account was opened, all values are there to be looked at.
  const [isNarrowed, setNarrowed] = useState(() => hasReasons(results.accounts[accountIndex], required));
  const [wantedId, setFocusedId] = useState(() => firstStop(results.accounts[accountIndex], required));
  const focusedId = useMemo(() => savedId(account, wantedId), [account, wantedId]);
  const [settledIds, setSettledIds] = useState<ReadonlySet<string>>(new Set());
  // Whoever stops at a value has seen it, and its neighbours in a row of a list.
  const [seenIds, setSeenIds] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => stopsOf(account, required), [account, required]);
  const open = all.filter((stop) => stop.reason !== null);
  const kept = useMemo(
    () => all.filter(({ field, reason }) => reason !== null || field.id === focusedId || settledIds.has(field.id)),
    [all, focusedId, settledIds],
  );
  const stops = isNarrowed ? kept : all;
  const index = stops.findIndex((stop) => stop.field.id === focusedId);

  const focus = (id: string | null) => {
    const owner = results.accounts.findIndex(({ fields }) => fields.some((field) => field.id === id));
    if (owner >= 0 && results.accounts[owner] !== account) {
      setAccountIndex(owner);
      setSettledIds(new Set());
      setNarrowed(hasReasons(results.accounts[owner], required));
    } else if (focusedId !== null) setSettledIds((now) => new Set(now).add(focusedId));
    setFocusedId(id);
    if (id !== null) setSeenIds((now) => (now.has(id) ? now : new Set(now).add(id)));
  };
  const isSeen = ({ id, state, value }: ValueView) =>
    value === null || isDecided(state) || seenIds.has(id) || id === focusedId;
  /** One stop on or back; past the last of an account to the next account that has any. */
  const go = (by: 1 | -1, from: readonly Stop[] = stops): boolean => {
    const at = from === stops ? index : from.findIndex((stop) => stop.field.id === focusedId);
    const next = at < 0 ? (by === 1 ? nearest(from, all, focusedId) : from.at(-1)) : from[at + by];
    if (next) focus(next.field.id);
    return next !== undefined;
  };
  const goAttention = (by: 1 | -1): boolean => {
    const at = all.findIndex((stop) => stop.field.id === focusedId);
    const rest = by === 1 ? all.slice(at + 1) : all.slice(0, Math.max(0, at)).toReversed();
    const next = rest.find((stop) => stop.reason !== null);
    if (next) focus(next.field.id);
    else return goAccount(by, (account) => stopsOf(account, required).some((stop) => stop.reason !== null));
    return true;
  };
  const goAccount = (by: 1 | -1, isWanted: (account: AccountView) => boolean = () => true): boolean => {
    const order = results.accounts.map((one, position) => ({ one, position }));
    const rest = by === 1 ? order.slice(accountIndex + 1) : order.slice(0, accountIndex).toReversed();
    const next = rest.find(({ one }) => isWanted(one));
    if (next) openAccount(next.position);
    return next !== undefined;
  };
  const openAccount = (position: number) => {
    setAccountIndex(position);
    setSettledIds(new Set());
    setNarrowed(hasReasons(results.accounts[position], required));
    setFocusedId(firstStop(results.accounts[position], required));
  };
  return {
    account,
    accountIndex,
    openAccount,
    stops,
    open,
    focused: all.find((stop) => stop.field.id === focusedId) ?? null,
    focusedId,
    focus,
    go,
    goAttention,
    goAccount,
    isSeen,
    isNarrowed,
    setNarrowed,
  };
}

export type Stops = ReturnType<typeof useStops>;

export function stopsOf(account: AccountView | undefined, required: ReadonlySet<string>): Stop[] {
  return (account?.fields ?? []).map((field) => ({ field, reason: attentionReason(field, required.has(field.path)) }));
}

function hasReasons(account: AccountView | undefined, required: ReadonlySet<string>): boolean {
  return stopsOf(account, required).some(({ reason }) => reason !== null);
}

function firstOpen({ accounts }: Results, required: ReadonlySet<string>): number {
  const found = accounts.findIndex((account) => stopsOf(account, required).some((stop) => stop.reason !== null));
  return Math.max(0, found);
}

/** A cell that was typed into is a value of its own once it is saved. */
function savedId(account: AccountView | undefined, id: string | null): string | null {
  const cell = id === null ? null : isVirtual(id);
  if (!cell || !account || account.fields.some((field) => field.id === id)) return id;
  const saved = account.fields.find((field) => field.row_id === cell.rowId && field.path.endsWith(`.${cell.key}`));
  return saved?.id ?? id;
}

/** The first value to look at; where nothing needs it, the first of all. */
function firstStop(account: AccountView | undefined, required: ReadonlySet<string>): string | null {
  const own = stopsOf(account, required);
  return (own.find((stop) => stop.reason !== null) ?? own[0])?.field.id ?? null;
}

/** The first stop at or behind a value that is no stop itself. */
function nearest(stops: readonly Stop[], all: readonly Stop[], id: string | null): Stop | undefined {
  const places = new Map(all.map((stop, place) => [stop.field.id, place]));
  const from = places.get(id ?? '') ?? -1;
  return stops.find((stop) => (places.get(stop.field.id) ?? 0) > from) ?? stops[0];
}
