'use client';

import type { SessionDetail, SessionSummary } from '#lib/core/contract/sessions.ts';
import { BadgeCheck, FileStack, History, RefreshCw, RotateCcw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { count, counted, money } from '#app/ui/format.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { changeSession } from '../../session-actions.ts';
import { ExportMenu } from '../../export-menu.tsx';
import { Status } from '../../status-mark.tsx';
import { lookOfSession } from '#app/labels/sessions.ts';
import { Running, SessionActions } from '../session-header.tsx';
import { DocumentsDialog } from './dialogs/documents-dialog.tsx';
import { ExtractDialog } from './dialogs/extract-dialog.tsx';
import { HistoryDialog } from './dialogs/history-dialog.tsx';
import { QueueBar } from './queue-bar.tsx';
import { SavingState } from './saving-state.tsx';
import type { Edits } from './state/use-edits.ts';
import type { ReviewQueue } from './state/use-queue.ts';

interface Props {
  session: SessionDetail;
  edits: Edits;
  onChange: (session: SessionSummary) => void;
  onVerify: () => void;
  isVerifying: boolean;
  queue: ReviewQueue;
  /** Values that nobody looked at. */
  unseen: number;
  /** The document and account under review, for extracting a part again. */
  current: { documentId: string; accountIndex: number; pageNum: number } | null;
}

type Open = 'documents' | 'history' | 'extract' | null;

/** One line over the review: what it is, how it stands, what can be done. */
export function ReviewHeader({ session, edits, onChange, onVerify, isVerifying, queue, unseen, current }: Props) {
  const [open, setOpen] = useState<Open>(null);
  const dialog = (name: Open) => ({
    open: open === name,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : null),
  });
  const isRunning = session.status === 'processing';
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="truncate font-medium" title={session.name}>
          {session.name}
        </h1>
        <p className="flex min-h-5 flex-wrap items-center gap-x-3 text-sm text-muted">
          <Status look={lookOfSession(session)} progress={session.progress} className="font-medium" />
          {isRunning ? <Running session={session} /> : null}
          <span>
            {session.schema.name} v{session.schema.version}
          </span>
          <span className="max-md:hidden">
            {counted(session.pages_total, 'page')}
            {session.accounts > 1 ? ` · ${count(session.accounts)} accounts` : ''}
            {session.cost_usd > 0 ? ` · ${money(session.cost_usd)}` : ''}
            {session.run > 1 ? ` · run ${session.run}` : ''}
          </span>
          {session.status === 'in_progress' ? (
            <>
              <SavingState saving={edits.saving} />
              {unseen > 0 ? <span>{counted(unseen, 'value')} not reviewed</span> : null}
            </>
          ) : null}
        </p>
      </div>
      <QueueBar queue={queue} />
      <div className="flex flex-wrap items-center gap-1.5">
        <Tooltip label="Undo" keys="u">
          <Button kind="quiet" size="icon" aria-label="Undo" disabled={!edits.canUndo} onClick={edits.undo}>
            <Undo2 />
          </Button>
        </Tooltip>
        <Tooltip label="Documents">
          <Button kind="quiet" size="icon" aria-label="Documents" onClick={() => setOpen('documents')}>
            <FileStack />
          </Button>
        </Tooltip>
        <Tooltip label="History">
          <Button kind="quiet" size="icon" aria-label="History" onClick={() => setOpen('history')}>
            <History />
          </Button>
        </Tooltip>
        {session.status === 'in_progress' ? (
          <Button onClick={() => setOpen('extract')}>
            <RefreshCw />
            <span className="max-xl:sr-only">Extract again</span>
          </Button>
        ) : null}
        <ExportMenu isCompact hotkey="x" target={{ ids: [session.id] }} />
        <SessionActions session={session} onChange={onChange} />
        {session.status === 'verified' ? (
          <Button
            onClick={() => void changeSession(session.id, 'reopen').then((changed) => changed && onChange(changed))}
          >
            <RotateCcw />
            Reopen
          </Button>
        ) : null}
        {session.status === 'in_progress' ? (
          <Tooltip label="Verify and open the next" keys="v">
            <Button kind="primary" disabled={isVerifying} onClick={onVerify}>
              <BadgeCheck />
              Verify
            </Button>
          </Tooltip>
        ) : null}
      </div>
      <DocumentsDialog session={session} {...dialog('documents')} />
      <HistoryDialog session={session} {...dialog('history')} />
      <ExtractDialog session={session} current={current} onChange={onChange} {...dialog('extract')} />
    </header>
  );
}
