'use client';

import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { RotateCcw, Square, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import { useKeys } from '#app/shell/keys.tsx';
import { Button } from '#app/ui/button.tsx';
import { ConfirmDialog } from '#app/ui/confirm-dialog.tsx';
import { count, counted, money } from '#app/ui/format.ts';
import { Progress } from '#app/ui/progress.tsx';
import { Elapsed, RelativeTime } from '#app/ui/time.tsx';
import { changeSession, deleteSession } from '../session-actions.ts';
import { Status } from '../status-mark.tsx';
import { isRetryable, lookOfSession, priorityLabels, progressText } from '#app/labels/sessions.ts';

interface Props {
  session: SessionSummary;
  onChange: (session: SessionSummary) => void;
}

export function SessionHeader({ session, onChange }: Props) {
  const isRunning = session.status === 'processing';
  return (
    <header className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-xl font-semibold tracking-tight break-words">{session.name}</h1>
          <div className="mt-1 flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <Status look={lookOfSession(session)} progress={session.progress} className="font-medium" />
            {isRunning ? <Running session={session} /> : null}
            {session.needs_attention > 0 && !isRunning ? (
              <span className="text-orange">
                {counted(session.needs_attention, 'value needs', 'values need')} attention
              </span>
            ) : null}
          </div>
        </div>
        <SessionActions session={session} onChange={onChange} />
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-3 border-y py-3 text-sm">
        <Fact label="Schema">
          <Link href={`/schemas/${session.schema.slug}`} className="rounded-sm text-link hover:underline">
            {session.schema.name}
          </Link>{' '}
          <span className="text-muted">v{session.schema.version}</span>
        </Fact>
        <Fact label="Run">{session.run}</Fact>
        <Fact label="Engine">{session.engine === 'model' ? session.model : 'Built in'}</Fact>
        <Fact label="Priority">{priorityLabels[session.priority]}</Fact>
        <Fact label="Pages">{count(session.pages_total)}</Fact>
        <Fact label="Accounts">{count(session.accounts)}</Fact>
        <Fact label="Cost">{money(session.cost_usd)}</Fact>
        <Fact label="Time">
          {session.started_at ? <Elapsed since={session.started_at} until={session.finished_at} /> : '–'}
        </Fact>
        <Fact label="Created">
          <RelativeTime iso={session.created_at} />
        </Fact>
      </dl>
    </header>
  );
}

export function Running({ session }: { session: SessionSummary }) {
  const { progress, pages_processed, pages_total } = session;
  return (
    <span className="flex min-w-0 items-center gap-3 text-muted">
      <Progress value={progress} label="Progress" className="w-40 max-md:w-20" />
      <span className="truncate tabular-nums">
        {progressText(session)}
        {pages_total > 0 ? ` · ${count(pages_processed)} of ${counted(pages_total, 'page')}` : null}
      </span>
    </span>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}

/** What can be done with a session in any state. */
export function SessionActions({ session, onChange }: Props) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const act = async (verb: 'retry' | 'cancel') => {
    setBusy(true);
    const changed = await changeSession(session.id, verb);
    setBusy(false);
    if (changed) onChange(changed);
  };
  const remove = async () => {
    setBusy(true);
    if (await deleteSession(session.id)) router.push('/sessions');
    else setBusy(false);
  };
  useKeys(
    'Session',
    useMemo(
      () => [
        { keys: 'Escape', label: 'Back to All Sessions', run: () => router.push('/sessions') },
        { keys: 'd', label: 'Delete this session', run: () => setAsking(true) },
      ],
      [router],
    ),
  );
  return (
    <div className="flex items-center gap-2">
      {session.status === 'processing' ? (
        <Button disabled={isBusy} onClick={() => void act('cancel')}>
          <Square className="[&]:size-3.5" />
          Cancel
        </Button>
      ) : null}
      {isRetryable(session) ? (
        <Button disabled={isBusy} onClick={() => void act('retry')}>
          <RotateCcw />
          Retry
        </Button>
      ) : null}
      <Button kind="danger" disabled={isBusy} onClick={() => setAsking(true)}>
        <Trash2 />
        Delete
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Delete this session?"
        action="Delete"
        onConfirm={() => void remove()}
      >
        {session.name} is deleted with its {counted(session.documents_total, 'document')} and all values. This cannot be
        undone.
      </ConfirmDialog>
    </div>
  );
}
