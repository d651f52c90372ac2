'use client';

import { ArrowUp, Inbox, Search } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SessionPage } from '#lib/sessions/list.ts';
import { Button, buttonStyle } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { formatCount } from '../ui/format.ts';
import { isTyping, KeysHelp } from '../ui/keys-help.tsx';
import { columns, SessionRow } from './session-row.tsx';
import { useSessions } from './use-sessions.ts';

interface Props {
  first: SessionPage;
  schemas: { slug: string; name: string }[];
}

const statuses = [
  ['', 'All states'],
  ['processing', 'Processing'],
  ['in_progress', 'In Progress'],
  ['verified', 'Verified'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
] as const;

const keys = [
  ['/', 'Search'],
  ['n', 'New session'],
  ['↵', 'Open the session in focus'],
  ['?', 'This help'],
] as const;

/** All sessions, live: rows change in place and never jump; new ones wait behind a button unless one is at the top. */
export function SessionsTable({ first, schemas }: Props) {
  const [query, setQuery] = useQueryStates(
    { status: parseAsString.withDefault(''), schema: parseAsString.withDefault(''), q: parseAsString.withDefault('') },
    { throttleMs: 200 },
  );
  const { status, schema, q } = query;
  const filter = useMemo(() => ({ status, schema, q }), [status, schema, q]);
  const [initial] = useState({ filter, first });
  const list = useSessions(filter, initial.filter === filter ? initial.first : undefined);
  const isFiltered = Boolean(status || schema || q);
  useShowNewAtTop(list.waiting, list.reload);

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-2.5">
        <span className="mr-auto text-ink-soft tabular-nums" aria-live="polite">
          {list.count && `${formatCount(list.count.number)}${list.count.exact ? '' : '+'} ${list.count.number === 1 ? 'session' : 'sessions'}`}
        </span>
        <SearchBox value={q} onChange={(text) => void setQuery({ q: text || null })} />
        <Select label="Status" value={status} options={statuses} onChange={(value) => void setQuery({ status: value || null })} />
        <Select
          label="Schema"
          value={schema}
          options={[['', 'All schemas'], ...schemas.map(({ slug, name }) => [slug, name] as const)]}
          onChange={(value) => void setQuery({ schema: value || null })}
        />
      </div>
      {list.error && (
        <p role="alert" className="mx-4 mb-2 flex items-center gap-3 rounded bg-red-soft px-3 py-2 text-sm text-red">
          {list.error.message}
          <Button size="small" onClick={list.reload}>
            Try again
          </Button>
        </p>
      )}
      <div className="relative overflow-x-auto border-t">
        {list.waiting > 0 && (
          <div className="absolute inset-x-0 top-10 z-10 flex justify-center">
            <Button size="small" variant="primary" className="rounded-full shadow-md" onClick={list.reload}>
              <ArrowUp aria-hidden />
              {list.waiting} new
            </Button>
          </div>
        )}
        <table className="w-full min-w-[1000px] table-fixed border-collapse text-sm">
          <caption className="sr-only">Sessions, the newest first</caption>
          <thead>
            <tr className="h-8 border-b bg-sunken text-left text-xs text-ink-soft">
              {columns.map(({ label, className }) => (
                <th key={label} scope="col" className={`px-2 font-medium first:pl-4 last:pr-4 ${className}`}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
            {list.isLoading && Array.from({ length: 8 }, (_, index) => <SkeletonRow key={index} />)}
          </tbody>
        </table>
      </div>
      {list.sessions.length === 0 && !list.isLoading && (isFiltered ? <NothingFound onClear={() => void setQuery(null)} /> : <NothingYet />)}
      {list.hasMore && (
        <div className="flex justify-center p-4">
          <Button onClick={list.showMore} disabled={list.isLoadingMore}>
            Show more
          </Button>
        </div>
      )}
      <KeysHelp keys={keys} />
    </>
  );
}

/** Who looks at the top of the list sees new sessions at once; who has scrolled is not disturbed. */
function useShowNewAtTop(waiting: number, reload: () => void): void {
  useEffect(() => {
    if (waiting > 0 && window.scrollY < 8) reload();
  }, [waiting, reload]);
}

function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.metaKey || event.ctrlKey) return;
      if (event.key === '/') {
        event.preventDefault();
        input.current?.focus();
      }
      if (event.key === 'n') window.location.assign('/sessions/new');
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <label className="relative w-full sm:w-60">
      <span className="sr-only">Search names</span>
      <Search className="pointer-events-none absolute left-2.5 top-2 size-4 text-ink-faint" aria-hidden />
      <input
        ref={input}
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder="Search names…"
        className="h-8 w-full rounded border border-line-strong bg-raised pl-8 pr-2 text-sm placeholder:text-ink-faint"
      />
    </label>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 rounded border border-line-strong bg-raised px-2 text-sm"
    >
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}

function SkeletonRow() {
  return (
    <tr className="h-10 border-b" aria-hidden>
      {columns.map(({ label }) => (
        <td key={label} className="px-2 first:pl-4">
          <div className="h-3 w-2/3 animate-pulse rounded-sm bg-line" />
        </td>
      ))}
    </tr>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <Empty icon={<Search aria-hidden />} title="No session matches these filters.">
      <Button onClick={onClear}>Clear filters</Button>
    </Empty>
  );
}

function NothingYet() {
  return (
    <Empty icon={<Inbox aria-hidden />} title="Nothing here yet. Give Sluice a document and it will be listed here while it is read.">
      <Link href="/sessions/new" className={buttonStyle({ variant: 'primary' })}>
        New session
      </Link>
    </Empty>
  );
}
