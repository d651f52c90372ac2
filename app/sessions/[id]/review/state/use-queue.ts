'use client';

import { reviewLockResponse } from '#lib/core/contract/reviews.ts';
import { type SessionSummary, sessionPage } from '#lib/core/contract/sessions.ts';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, callApi } from '#app/api-client/call.ts';
import { after, endQueue, keepQueue, keptQueue, type Queue, queueTitle } from './queue.ts';

/** A session opened without a list stands among all that are ready. */
const usual = 'status=in_progress';
const longest = 200;

export interface ReviewQueue {
  title: string;
  /** From 1; null for a session that is not in the queue. */
  at: number | null;
  total: number;
  /** The address of the list that it comes from. */
  listHref: string;
  previous: (() => void) | null;
  next: (() => void) | null;
  skip: () => void;
  /** After verifying: the next that no one else has open, or the end. */
  goOn: () => void;
  /** What was done, when the queue has come to its end. */
  done: { verified: number; skipped: number } | null;
}

/** The sessions that are reviewed one after the other, named in the address by the list that they come from. */
export function useQueue(session: SessionSummary): ReviewQueue {
  const router = useRouter();
  const given = useSearchParams().get('queue');
  const query = given ?? usual;
  const [queue, setQueue] = useState<Queue | null>(null);
  const [done, setDone] = useState<ReviewQueue['done']>(null);
  const { id: sessionId } = session;
  useEffect(() => {
    let isGone = false;
    void queueOf(query, sessionId).then((found) => {
      if (!isGone) setQueue(found);
    });
    return () => {
      isGone = true;
    };
  }, [query, sessionId]);
  const hrefOf = useCallback(
    (id: string) => `/sessions/${id}${given === null ? '' : `?queue=${encodeURIComponent(given)}`}`,
    [given],
  );
  const go = (id: string) => router.push(hrefOf(id));
  const index = queue?.ids.indexOf(session.id) ?? -1;
  const [before, behind] = [queue?.ids[index - 1], index < 0 ? undefined : queue?.ids[index + 1]];
  useEffect(() => {
    if (behind !== undefined) router.prefetch(hrefOf(behind));
  }, [behind, hrefOf, router]);
  const listHref = given === null ? '/sessions' : `/sessions?${given}`;

  const leave = async (how: 'verified' | 'skipped') => {
    const now = keptQueue(query) ?? queue;
    if (!now) return router.push(listHref);
    const left = { ...now, [how]: [...new Set([...now[how], session.id])] };
    keepQueue(query, left);
    for (const id of after(left, session.id)) {
      if (left.verified.includes(id)) continue;
      if (await isFree(id)) return go(id);
    }
    endQueue(query);
    setDone({ verified: left.verified.length, skipped: left.skipped.length });
    return undefined;
  };
  return {
    title: queueTitle(query, session.schema.name),
    at: index < 0 ? null : index + 1,
    total: queue?.total ?? 0,
    listHref,
    previous: before === undefined ? null : () => go(before),
    next: behind === undefined ? null : () => go(behind),
    skip: () => void leave('skipped'),
    goOn: () => void leave('verified'),
    done,
  };
}

/** The queue that a session is in: the one that was begun, or a new one as the list is now. null where there is none. */
async function queueOf(query: string, sessionId: string): Promise<Queue | null> {
  const kept = keptQueue(query);
  if (kept?.ids.includes(sessionId)) return kept;
  try {
    const page = await callApi(`/api/sessions?${query}&limit=${longest}`, sessionPage);
    const ids = page.sessions.map(({ id }) => id);
    const made = { ids, total: Math.max(ids.length, page.count.number), verified: [], skipped: [] };
    keepQueue(query, made);
    return made;
  } catch (error) {
    // Reviewing goes on without a queue.
    if (!(error instanceof ApiError)) throw error;
    return null;
  }
}

/** Whether no other window reviews it. Who looks holds it for a moment, and lets it go for the screen that opens. */
async function isFree(sessionId: string): Promise<boolean> {
  const url = `/api/sessions/${sessionId}/claim`;
  const holder = crypto.randomUUID();
  try {
    const claim = { method: 'POST', body: JSON.stringify({ holder, take_over: false }) };
    const isMine = (await callApi(url, reviewLockResponse, claim)).claim.is_mine;
    if (isMine) await fetch(url, { method: 'DELETE', body: JSON.stringify({ holder }) });
    return isMine;
  } catch (error) {
    // It is gone, or the server is away: the screen of the session says so.
    if (error instanceof ApiError) return error.status !== 404 && error.status !== 409;
    throw error;
  }
}
