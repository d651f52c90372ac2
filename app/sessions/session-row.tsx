'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import type { SessionSummary } from '#lib/sessions/summary.ts';
import { Age, useNow } from '../ui/age.tsx';
import { formatCount, formatDuration, formatMoney } from '../ui/format.ts';
import { Progress } from '../ui/progress.tsx';
import { RetryButton, CancelButton } from './session-actions.tsx';
import { partialText, SessionBadge, stageNames } from './status-badge.tsx';

/** Widths are fixed, so that nothing shifts when values change. */
export const columns = [
  { label: 'Status', className: 'w-32' },
  { label: 'Name', className: '' },
  { label: 'Schema', className: 'w-36' },
  { label: 'Progress', className: 'w-56' },
  { label: 'Pages', className: 'w-20 text-right' },
  { label: 'Accounts', className: 'w-20 text-right' },
  { label: 'Attention', className: 'w-20 text-right' },
  { label: 'Cost', className: 'w-20 text-right' },
  { label: 'Took', className: 'w-20 text-right' },
  { label: 'Age', className: 'w-16 text-right' },
] as const;

export const SessionRow = memo(function SessionRow({ session }: { session: SessionSummary }) {
  const isEnded = session.status !== 'processing';
  return (
    <tr data-session={session.id} className="group relative h-10 border-b transition-colors duration-100 hover:bg-sunken">
      <td className="pl-4 pr-2">
        <SessionBadge session={session} />
      </td>
      <td className="truncate px-2">
        {/* The link covers the whole row. */}
        <Link href={`/sessions/${session.id}`} className="font-medium after:absolute after:inset-0" title={session.name}>
          {session.name}
        </Link>
        {session.documents_total > 1 && <span className="ml-2 text-ink-faint">{session.documents_total} files</span>}
      </td>
      <td className="truncate px-2 text-ink-soft" title={`${session.schema.name}, version ${session.schema.version}`}>
        {session.schema.name}
      </td>
      <td className="px-2">
        <State session={session} />
      </td>
      <Figure>{session.pages_total > 0 && `${formatCount(session.pages_processed)}/${formatCount(session.pages_total)}`}</Figure>
      <Figure>{isEnded && session.accounts > 0 && formatCount(session.accounts)}</Figure>
      <Figure>
        {isEnded && session.needs_attention > 0 && (
          <span className="inline-flex items-center gap-1 text-orange">
            <TriangleAlert className="size-3" aria-hidden />
            {formatCount(session.needs_attention)}
          </span>
        )}
      </Figure>
      <Figure>{session.engine === 'model' && formatMoney(session.cost_usd)}</Figure>
      <Figure>
        <Duration session={session} />
      </Figure>
      <td className="whitespace-nowrap pl-2 pr-4 text-right text-ink-soft">
        <Age at={session.created_at} />
      </td>
    </tr>
  );
});

function Figure({ children }: { children: React.ReactNode }) {
  return <td className="truncate px-2 text-right tabular-nums text-ink-soft">{children || <span className="text-ink-faint">–</span>}</td>;
}

/** How far it is, why it waits, what failed, and what one can do about it. */
function State({ session }: { session: SessionSummary }) {
  if (session.status === 'processing') {
    const text = session.waiting?.reason ?? stageNames[session.stage] ?? session.stage;
    return (
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="truncate text-xs text-ink-soft" title={text}>
            {text}
          </p>
          <Progress value={session.progress} label={`${session.name}: ${session.progress} %`} className="mt-0.5" />
        </div>
        <CancelButton session={session} />
      </div>
    );
  }
  const failure = session.status === 'failed' || session.status === 'cancelled' ? session.failure?.message : session.partial ? partialText(session) : null;
  if (!failure) return null;
  return (
    <div className="flex items-center gap-2">
      <p className={`line-clamp-2 min-w-0 flex-1 text-xs leading-4 ${session.status === 'failed' ? 'text-red' : 'text-ink-soft'}`} title={failure}>
        {failure}
      </p>
      <RetryButton session={session} />
    </div>
  );
}

function Duration({ session }: { session: SessionSummary }) {
  const now = useNow();
  if (!session.started_at) return null;
  const end = session.finished_at ? Date.parse(session.finished_at) : now;
  return end === null ? null : formatDuration(Math.max(0, end - Date.parse(session.started_at)));
}
