'use client';

import { ArrowUp } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { SWRConfig } from 'swr';
import { isBusy, useKeys } from '#app/shell/keys.tsx';
import { ApiError } from '#app/api-client/call.ts';
import { useConnected } from '#app/live/live-provider.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Notice } from '#app/ui/callout.tsx';
import { useLatest } from '#app/ui/use-latest.ts';
import { SampleButton } from '../new/sample-button.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { listUrl } from './filter.ts';
import { LoadMore } from './load-more.tsx';
import { RowDetails } from './row-details.tsx';
import { rowKeys } from './row-keys.ts';
import { Rows } from './rows.tsx';
import { SelectBox } from './select-box.tsx';
import { SessionRow } from './session-row.tsx';
import { SessionTable, SkeletonRows } from './session-table.tsx';
import { Toolbar } from './toolbar.tsx';
import { useFilter } from './use-filter.ts';
import { useSelection } from './use-selection.ts';
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
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const isScrolled = useScrolled();
  const isConnected = useConnected();
  const list = useSessionList(query.filter, first, isPointedAt || isScrolled || opened.size > 0);
  const selection = useSelection(listUrl(query.filter), list.rows);
  const put = useLatest(list.put);
  const select = useLatest(selection.toggle);
  const open = useLatest((id: string) => setOpened(toggled(opened, id)));

  useKeys('All Sessions', rowKeys);
  const clear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !isBusy(event.target)) selection.clear();
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => clear(event);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

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
        {list.waiting.length > 0 ? <NewRows count={list.waiting.length} onShow={showNew} /> : null}
      </div>
      {/* While the stream is away too, its banner says so without moving the rows. */}
      {list.error && (isConnected || list.rows.length === 0) ? (
        <LoadProblem error={list.error} onRetry={list.reload} />
      ) : null}
      {isEmpty ? (
        <NoSessions query={query} />
      ) : (
        <SessionTable
          onPointerEnter={() => setPointedAt(true)}
          onPointerLeave={() => setPointedAt(false)}
          selectAll={
            <SelectBox
              label="Select all rows"
              isChecked={list.rows.length > 0 && selection.ids.size === list.rows.length}
              isMixed={selection.ids.size > 0}
              onToggle={selection.toggleLoaded}
            />
          }
        >
          {isLoading ? <SkeletonRows rows={8} /> : null}
          <Rows sessions={list.rows}>
            {(session) => (
              <>
                <SessionRow
                  session={session}
                  isSelected={selection.has(session.id)}
                  isOpen={opened.has(session.id)}
                  onChange={put}
                  onSelect={select}
                  onOpen={open}
                />
                {opened.has(session.id) ? <RowDetails session={session} /> : null}
              </>
            )}
          </Rows>
        </SessionTable>
      )}
      {list.hasMore ? <LoadMore isLoading={list.isLoadingMore} onMore={list.loadMore} /> : null}
      {selection.ids.size > 0 && list.count ? (
        <>
          <BulkBar selection={selection} filter={query.filter} total={list.count} />
          {/* Room to scroll the last rows out from under it. */}
          <div className="h-20" />
        </>
      ) : null}
    </>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function NewRows({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <Button
      kind="primary"
      size="small"
      onClick={onShow}
      className="pointer-events-auto animate-appear rounded-full shadow-md"
    >
      <ArrowUp />
      {/* So wide from the start that nothing moves while it counts. */}
      <span className="min-w-13 text-left tabular-nums">{`${count} new`}</span>
    </Button>
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
        : 'The server sent a response that this page does not understand. Reload it.'}
    </Notice>
  );
}

function NoSessions({ query }: { query: ReturnType<typeof useFilter> }) {
  if (query.isFiltered) {
    return (
      <EmptyState
        title="No matching sessions"
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
