'use client';

import { reviewLockResponse } from '#lib/core/contract/reviews.ts';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, callApi } from '#app/api-client/call.ts';

/** A claim holds half a minute. */
const renewMs = 10_000;

/** Says that this window reviews a session, and tells when another one does. */
export function useClaim(sessionId: string, isWanted: boolean) {
  const [isTaken, setTaken] = useState(false);
  const [holder] = useState(() => crypto.randomUUID());
  const claim = useCallback(
    async (takeOver: boolean) => {
      try {
        const body = JSON.stringify({ holder, take_over: takeOver });
        const answer = await callApi(`/api/sessions/${sessionId}/claim`, reviewLockResponse, { method: 'POST', body });
        setTaken(!answer.claim.is_mine);
      } catch (error) {
        // No one is kept from editing by a claim that could not be made: versions see to that.
        if (!(error instanceof ApiError)) throw error;
      }
    },
    [sessionId, holder],
  );
  useEffect(() => {
    if (!isWanted) return undefined;
    void claim(false);
    const timer = setInterval(() => void claim(false), renewMs);
    const release = () => {
      const init = { method: 'DELETE', body: JSON.stringify({ holder }), keepalive: true };
      void fetch(`/api/sessions/${sessionId}/claim`, init).catch(() => undefined);
    };
    addEventListener('pagehide', release);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', release);
      release();
    };
  }, [isWanted, claim, sessionId, holder]);
  return { isTaken: isWanted && isTaken, takeOver: () => void claim(true) };
}
