'use client';

import { ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { SWRConfig } from 'swr';
import { useKeys } from '#app/frame/keys.tsx';
import { ApiError } from '#app/live/call-api.ts';
import { useConnected } from '#app/live/live-provider.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Notice } from '#app/ui/notice.tsx';
import type { SessionSummary } from '#lib/sessions/summary.ts';
import { SampleButton } from '../new/sample-button.tsx';
import { rowKeys } from './row-keys.ts';
import { SessionRow } from './session-row.tsx';
import { SessionTable, SkeletonRows } from './session-table.tsx';
import { Toolbar } from './toolbar.tsx';
import { useFilter } from './use-filter.ts';
import { type FirstPage, useSessionList } from './use-session-list.ts';

interface Props {
  first: FirstPage;
  schemas: readonly { slug: string; name: string }[];
}

/** Each showing starts from what the server gave with it, not from what an earlier showing left in memory. */
export function SessionsScreen(props: Props) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <LiveSessions {...props} />
    </SWRConfig>
  );
}

function LiveSessions({ first, schemas }: Props) {
  const query = useFilter();
  const [isPointedAt, setPointedAt] = useState(false);
  const isScrolled = useScrolled();
  const isConnected = useConnected();
  const list = useSessionList(query.filter, first, isPointedAt || isScrolled);
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const onChange = useCallback((session: SessionSummary) => latest.current.put(session), []);

  useKeys('All Sessions', rowKeys);

  const showNew = () => {
    list.release();
    window.scrollTo({ top: 0 });
  };
  const isLoading = list.pages.length === 0 && !list.error;
  const isEmpty = !isLoading && list.rows.length === 0 && !list.error;
  return (
    <>
      <Toolbar query={query} schemas={schemas} count={list.count} />
      <div className="pointer-events-none sticky top-22 z-20 flex h-0 justify-center" aria-live="polite">
        {list.waiting.length > 0 ? (
          <Button
            kind="primary"
            size="small"
            onClick={showNew}
            className="pointer-events-auto animate-appear rounded-full shadow-md"
          >
            <ArrowUp />
            {list.waiting.length} new
          </Button>
        ) : null}
      </div>
      {/* While the stream is away too, its banner says so without moving the rows. */}
      {list.error && (isConnected || list.rows.length === 0) ? (
        <LoadProblem error={list.error} onRetry={list.reload} />
      ) : null}
      {isEmpty ? (
        <NoSessions query={query} />
      ) : (
        <SessionTable onPointerEnter={() => setPointedAt(true)} onPointerLeave={() => setPointedAt(false)}>
          {isLoading ? <SkeletonRows rows={8} /> : null}
          {list.rows.map((session) => (
            <SessionRow key={session.id} session={session} onChange={onChange} />
          ))}
        </SessionTable>
      )}
      {list.hasMore ? (
        <div className="flex justify-center py-4">
          <Button onClick={list.loadMore} disabled={list.isLoadingMore}>
            {list.isLoadingMore ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function LoadProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Notice
      tone="red"
      className="mx-4 mb-2"
      title="The list could not be brought up to date"
      action={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {error instanceof ApiError
        ? error.message
        : 'The server gave an answer that this page does not understand. Reload it.'}
    </Notice>
  );
}

function NoSessions({ query }: { query: ReturnType<typeof useFilter> }) {
  if (query.isFiltered) {
    return (
      <EmptyState
        title="No session matches"
        action={<Button onClick={() => query.setFilter(null)}>Clear filters</Button>}
      >
        Try another status, schema or word.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No sessions yet"
      action={
        <>
          <ButtonLink href="/sessions/new" kind="primary">
            New session
          </ButtonLink>
          <SampleButton />
        </>
      }
    >
      Drop PDF, Word, Excel or scanned files on the form, and their values appear here as they are read.
    </EmptyState>
  );
}

/** Whether the list's top has left the screen. */
function useScrolled(): boolean {
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > 40);
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);
  return isScrolled;
}
