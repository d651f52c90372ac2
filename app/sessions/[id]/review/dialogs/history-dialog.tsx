'use client';

import type { Scalar } from '#lib/core/fields/path.ts';
import { historyResponse, type HistoryEntry } from '#lib/core/contract/reviews.ts';
import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { Dialog } from '#app/ui/dialog.tsx';
import { count, counted, money } from '#app/ui/format.ts';
import { RelativeTime } from '#app/ui/time.tsx';
import { RunComparison } from './run-comparison.tsx';

interface Props {
  session: SessionDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What happened to a session, newest first, and what it took. */
export function HistoryDialog({ session, open, onOpenChange }: Props) {
  const url = `/api/sessions/${session.id}/history`;
  const { data } = useSWR(
    open ? `${url}?${session.version}` : null,
    async () => (await callApi(url, historyResponse)).history,
  );
  const [isComparing, setComparing] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="History" isWide>
      {data ? (
        <div className="flex flex-col gap-4 text-sm">
          <p className="text-muted">
            {data.calls.total > 0
              ? `${counted(data.calls.total, 'model call')}, ${count(data.calls.failed)} without an answer · ${count(data.calls.tokens_in)} tokens in, ${count(data.calls.tokens_out)} out · ${money(data.calls.cost_usd)}`
              : 'No model was called.'}{' '}
            {data.documents.some((document) => document.attempts > 1)
              ? data.documents.map(({ name, attempts }) => `${name}: ${counted(attempts, 'attempt')}`).join(', ')
              : ''}
          </p>
          {session.run > 1 ? (
            <button
              type="button"
              className="self-start text-link hover:underline"
              onClick={() => setComparing(!isComparing)}
            >
              {isComparing ? 'Show the timeline' : 'Compare two runs'}
            </button>
          ) : null}
          {isComparing ? <RunComparison session={session} /> : <Timeline entries={data.entries} />}
        </div>
      ) : (
        <p className="text-sm text-muted">Loading…</p>
      )}
    </Dialog>
  );
}

function Timeline({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <ol className="flex flex-col divide-y border-y">
      {entries.toReversed().map((one) => (
        <li
          key={one.kind === 'run' ? `run ${one.run}` : `${one.change_id}/${one.path}`}
          className="flex min-h-9 flex-wrap items-baseline gap-x-3 py-1.5"
        >
          <span className="w-20 shrink-0 text-xs text-faint">
            <RelativeTime iso={one.at} />
          </span>
          <span className="min-w-0 flex-1 break-words">{wordsOf(one)}</span>
        </li>
      ))}
    </ol>
  );
}

const verbs: Record<string, string> = {
  set: 'changed',
  confirm: 'confirmed',
  absent: 'marked absent',
  revert: 'set back',
  insert_row: 'row added',
  delete_row: 'row deleted',
  undo: 'taken back',
};

function wordsOf(entry: HistoryEntry): string {
  if (entry.kind === 'run') {
    const { run, version, engine, model } = entry;
    return `Run ${run}, schema version ${version}, ${engine === 'model' ? model : 'built-in engine'}`;
  }
  const { kind, path, before, after, reason } = entry;
  if (kind === 'verify') return `Verified${reason ? `: ${reason}` : ''}`;
  if (kind === 'reopen') return 'Reopened';
  if (kind === 'move_boundary') return 'Boundary moved';
  const [old, now] = [textOf(before), textOf(after)];
  return `${path ?? 'Boundary'} ${verbs[kind] ?? kind}${old === now ? '' : `: ${old} → ${now}`}`;
}

function textOf(values: readonly (Scalar | null)[] | null): string {
  const said = (values ?? []).filter((value) => value !== null);
  return said.length === 0 ? 'nothing' : said.join(', ');
}
