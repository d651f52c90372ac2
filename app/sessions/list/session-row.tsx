'use client';

import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { ChevronDown, ChevronsDown, ChevronsUp, RotateCcw, Square } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { memo, type MouseEvent, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { count, counted, money } from '#app/ui/format.ts';
import { Mark } from '#app/ui/mark.tsx';
import { Elapsed, RelativeTime } from '#app/ui/time.tsx';
import { changeSession } from '../session-actions.ts';
import { Status } from '../status-mark.tsx';
import { isRetryable, lookOfSession } from '#app/labels/sessions.ts';
import { SelectBox } from './select-box.tsx';
import { missingText, SessionProgress } from './session-progress.tsx';

interface Props {
  session: SessionSummary;
  isSelected: boolean;
  isOpen: boolean;
  /** The session's new state after what was pressed in the row. */
  onChange: (session: SessionSummary) => void;
  onSelect: (id: string, isRange: boolean) => void;
  /** Shows or hides the row's details. */
  onOpen: (id: string) => void;
}

const number = 'px-2 text-right tabular-nums';

export const SessionRow = memo(function SessionRow(props: Props) {
  const { session, isSelected, isOpen, onChange, onSelect, onOpen } = props;
  const router = useRouter();
  const query = useSearchParams().toString();
  const href = `/sessions/${session.id}${query ? `?queue=${encodeURIComponent(query)}` : ''}`;
  const open = (event: MouseEvent<HTMLElement>) => {
    const isControl = event.target instanceof Element && event.target.closest('a,button,input,label');
    if (!isControl && !document.getSelection()?.toString()) router.push(href);
  };
  const look = lookOfSession(session);
  const isFailed = session.status === 'failed';
  const isRunning = session.status === 'processing';
  return (
    <tr
      onClick={open}
      data-session-row={session.id}
      aria-selected={isSelected}
      className="group h-10 animate-appear cursor-default text-sm transition-colors duration-100 hover:bg-hover has-[a:focus-visible]:bg-hover aria-selected:bg-accent-soft max-md:h-15 [&>td]:border-b"
    >
      <td className="pl-4 max-md:hidden">
        <SelectBox
          label={`Select ${session.name}`}
          isChecked={isSelected}
          onToggle={(isRange) => onSelect(session.id, isRange)}
        />
      </td>
      <td data-column="status" className="pl-2 max-md:pr-1 max-md:pl-4 max-md:align-top max-md:pt-2.5">
        <Status look={look} progress={session.progress} isShapeOnPhone className="max-md:h-5" />
      </td>
      <td data-column="name" className="px-2 max-md:align-top max-md:pt-2.5">
        <div className="flex min-w-0 items-center gap-2">
          <Link href={href} data-row-link className="truncate rounded-sm font-medium" title={session.name}>
            {session.name}
          </Link>
          <PriorityMark session={session} />
        </div>
        <div className={cn('truncate text-xs text-muted md:hidden', isFailed && 'text-red')}>
          {isFailed ? session.failure?.message : phoneLine(session, look.label)}
        </div>
      </td>
      <td data-column="schema" className="truncate px-2 text-muted max-lg:hidden">
        {session.schema.name}
      </td>
      <td data-column="progress" className="px-2 max-md:hidden">
        {isFailed ? (
          <span className="block w-[14rem] truncate text-red lg:w-[26rem]" title={session.failure?.message}>
            {session.failure?.message}
          </span>
        ) : (
          <SessionProgress session={session} />
        )}
      </td>
      <td data-column="pages" className={cn(number, 'text-muted max-md:hidden')}>
        {isFailed ? null : pagesOf(session)}
      </td>
      <td data-column="accounts" className={cn(number, 'text-muted max-lg:hidden')}>
        {isFailed ? null : session.accounts > 0 ? count(session.accounts) : '–'}
      </td>
      <td data-column="attention" className={cn(number, 'max-lg:hidden')}>
        {isFailed ? null : <Attention session={session} />}
      </td>
      <td data-column="cost" className={cn(number, 'text-muted max-lg:hidden')}>
        {isFailed ? null : money(session.cost_usd)}
      </td>
      <td data-column="time" className={cn(number, 'text-muted max-2xl:hidden')}>
        {session.started_at ? <Elapsed since={session.started_at} until={session.finished_at} /> : '–'}
      </td>
      <td data-column="age" className={cn(number, 'text-muted max-md:pr-4 max-md:align-top max-md:pt-2.5')}>
        <RelativeTime iso={session.created_at} />
      </td>
      <td className="pr-4 pl-1 text-right whitespace-nowrap max-md:hidden">
        {isRunning ? <RowAction session={session} verb="cancel" onChange={onChange} /> : null}
        {isRetryable(session) ? <RowAction session={session} verb="retry" onChange={onChange} /> : null}
        <Button
          kind="quiet"
          size="smallIcon"
          data-row-details
          aria-expanded={isOpen}
          aria-label={`Details of ${session.name}`}
          onClick={() => onOpen(session.id)}
        >
          <ChevronDown className={cn('transition-transform duration-100', isOpen && 'rotate-180')} />
        </Button>
      </td>
    </tr>
  );
});

interface ActionProps extends Pick<Props, 'session' | 'onChange'> {
  verb: 'retry' | 'cancel';
}

function RowAction({ session, verb, onChange }: ActionProps) {
  const [isBusy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    const changed = await changeSession(session.id, verb);
    setBusy(false);
    if (changed) onChange(changed);
  };
  const isQuiet = verb === 'cancel' || session.status !== 'failed';
  const Icon = verb === 'retry' ? RotateCcw : Square;
  return (
    <Button
      size="small"
      kind={isQuiet ? 'quiet' : 'secondary'}
      disabled={isBusy}
      onClick={act}
      aria-label={`${verb === 'retry' ? 'Retry' : 'Cancel'} ${session.name}`}
      data-row-action={verb}
    >
      <Icon className="[&]:size-3.5" />
      {verb === 'retry' ? 'Retry' : 'Cancel'}
    </Button>
  );
}

function PriorityMark({ session: { priority } }: { session: SessionSummary }) {
  if (priority === 'normal') return null;
  const Icon = priority === 'high' ? ChevronsUp : ChevronsDown;
  const label = priority === 'high' ? 'High priority' : 'Low priority';
  return (
    <span title={label} className="shrink-0 text-faint">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{label}</span>
    </span>
  );
}

function Attention({ session: { status, needs_attention } }: { session: SessionSummary }) {
  if (status === 'processing' || needs_attention === 0) return <span className="text-muted">–</span>;
  return (
    <span
      className="inline-flex items-center gap-1 text-orange"
      title={`${counted(needs_attention, 'value')} to review`}
    >
      <Mark tone="orange" shape="warning" className="size-3" />
      {count(needs_attention)}
    </span>
  );
}

function phoneLine(session: SessionSummary, state: string): string {
  const pages = session.status === 'processing' ? pagesOf(session) : counted(session.pages_total, 'page');
  return [state, session.schema.name, missingText(session) ?? pages].join(' · ');
}

function pagesOf({ pages_total, pages_processed, status }: SessionSummary): string {
  if (pages_total === 0) return '–';
  if (status === 'processing' || pages_processed < pages_total)
    return `${count(pages_processed)}/${count(pages_total)}`;
  return count(pages_total);
}
