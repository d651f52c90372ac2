'use client';

import { type SessionSummary, sessionResponse } from '#lib/core/contract/sessions.ts';
import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { ApiError, callApi } from '#app/api-client/call.ts';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Mark } from '#app/ui/mark.tsx';
import { pathLabel } from '../fields/path-label.ts';

const obstacles = z.array(z.object({ id: z.string(), path: z.string(), message: z.string() })).catch([]);

interface Refusal {
  message: string;
  isReasonNeeded: boolean;
  named: z.output<typeof obstacles>;
}

interface Props {
  session: SessionSummary;
  /** Resolves when all changes are saved; false when they cannot be. */
  allSaved: () => Promise<boolean>;
  onVerified: (session: SessionSummary) => void;
  onGo: (id: string) => void;
}

/** Verifies a session; what stands against it is named, and a reason asked for where one is enough. */
export function useVerify({ session, allSaved, onVerified, onGo }: Props) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const verify = async (reason?: string) => {
    setBusy(true);
    try {
      if (!(await allSaved())) {
        const message =
          'Some changes are not saved yet. Verify the session when they are: the header says how they stand.';
        setRefusal({ message, isReasonNeeded: false, named: [] });
        return;
      }
      const answer = await callApi(`/api/sessions/${session.id}/verify`, sessionResponse, {
        method: 'POST',
        body: JSON.stringify(reason ? { reason } : {}),
      });
      setRefusal(null);
      onVerified(answer.session);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const named = obstacles.parse(error.details.errors ?? error.details.warnings);
      setRefusal({ message: error.message, isReasonNeeded: error.code === 'reason_needed', named });
    } finally {
      setBusy(false);
    }
  };
  const dialog = (
    <Dialog
      open={refusal !== null}
      onOpenChange={(open) => (open ? undefined : setRefusal(null))}
      title="Not verified yet"
    >
      {refusal ? (
        <Obstacles
          refusal={refusal}
          isBusy={isBusy}
          onGo={(id) => {
            setRefusal(null);
            onGo(id);
          }}
          onReason={(reason) => void verify(reason)}
        />
      ) : null}
    </Dialog>
  );
  return { verify: () => void verify(), isBusy, dialog };
}

interface ObstaclesProps {
  refusal: Refusal;
  isBusy: boolean;
  onGo: (id: string) => void;
  onReason: (reason: string) => void;
}

function Obstacles({ refusal: { message, isReasonNeeded, named }, isBusy, onGo, onReason }: ObstaclesProps) {
  const [reason, setReason] = useState('');
  const tone = isReasonNeeded ? 'orange' : 'red';
  return (
    <form
      className="flex flex-col gap-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onReason(reason.trim());
      }}
    >
      <p>{message}</p>
      <ul className="flex flex-col gap-1">
        {named.map(({ id, path, message: why }) => (
          <li key={`${id}/${why}`}>
            <button
              type="button"
              className="flex items-start gap-2 rounded-sm text-left hover:underline"
              onClick={() => onGo(id)}
            >
              <Mark tone={tone} shape={isReasonNeeded ? 'warning' : 'cross'} className="mt-0.5" />
              <span>
                <span className="font-medium">{pathLabel(path)}</span> {why}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {isReasonNeeded ? (
        <>
          <label className="flex flex-col gap-1">
            Reason
            <input
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              className="h-9 rounded-md border border-edge bg-canvas px-3"
              placeholder="Reason for verifying with warnings"
            />
          </label>
          <Button type="submit" kind="primary" disabled={isBusy || !reason.trim()}>
            <BadgeCheck />
            Verify with this reason
          </Button>
        </>
      ) : null}
    </form>
  );
}
