'use client';

import type { AccountView, Results, ValueView } from '#lib/core/contract/results.ts';
import { useMemo, useState } from 'react';
import { attentionReason } from '#lib/core/values/attention.ts';

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
  const [isNarrowed, setNarrowed] = useState(true);
  const [focusedId, setFocusedId] = useState(() => firstStop(results.accounts[accountIndex], required));
  const [settledIds, setSettledIds] = useState<ReadonlySet<string>>(new Set());
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
    } else if (focusedId !== null) setSettledIds((now) => new Set(now).add(focusedId));
    setFocusedId(id);
  };
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
    isNarrowed,
    setNarrowed,
  };
}

export type Stops = ReturnType<typeof useStops>;

export function stopsOf(account: AccountView | undefined, required: ReadonlySet<string>): Stop[] {
  return (account?.fields ?? []).map((field) => ({ field, reason: attentionReason(field, required.has(field.path)) }));
}

function firstOpen({ accounts }: Results, required: ReadonlySet<string>): number {
  const found = accounts.findIndex((account) => stopsOf(account, required).some((stop) => stop.reason !== null));
  return Math.max(0, found);
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
