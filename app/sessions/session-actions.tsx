'use client';

import { RotateCw, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import type { SessionSummary } from '#lib/sessions/summary.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { callApi } from './api.ts';

type Named = Pick<SessionSummary, 'id' | 'name'>;

/** The row's new state comes with the next event; only a refusal is told here. */
function useAction(path: string, method: string, onDone?: () => void) {
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await callApi(path, { method });
      onDone?.();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run: () => void run() };
}

export function RetryButton({ session }: { session: Named }) {
  const { isBusy, run } = useAction(`/api/sessions/${session.id}/retry`, 'POST');
  return (
    <Button size="small" className="relative z-10" disabled={isBusy} onClick={run} aria-label={`Retry ${session.name}`}>
      <RotateCw aria-hidden />
      Retry
    </Button>
  );
}

export function CancelButton({ session, isLabelled = false }: { session: Named; isLabelled?: boolean }) {
  const { isBusy, run } = useAction(`/api/sessions/${session.id}/cancel`, 'POST');
  return (
    <Button
      size="small"
      variant={isLabelled ? 'secondary' : 'quiet'}
      className="relative z-10"
      disabled={isBusy}
      onClick={run}
      aria-label={`Cancel ${session.name}`}
      title="Cancel"
    >
      <Square aria-hidden />
      {isLabelled && 'Cancel'}
    </Button>
  );
}

export function DeleteButton({ session }: { session: Named }) {
  const router = useRouter();
  const { isBusy, run } = useAction(`/api/sessions/${session.id}`, 'DELETE', () => router.push('/sessions'));
  return (
    <Confirm
      trigger={
        <Button variant="quiet" size="icon" disabled={isBusy} aria-label={`Delete ${session.name}`} title="Delete">
          <Trash2 aria-hidden />
        </Button>
      }
      title="Delete this session?"
      text={`${session.name}, its documents and all its values are deleted for good.`}
      action="Delete"
      onConfirm={run}
    />
  );
}
