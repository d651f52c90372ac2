'use client';

import { viewsResponse, viewResponse } from '#lib/core/contract/reviews.ts';
import { doneResponse } from '#lib/core/contract/common.ts';
import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { Bookmark, X } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import useSWR from 'swr';
import { ApiError, callApi } from '#app/api-client/call.ts';
import { Button } from '#app/ui/button.tsx';
import { Input } from '#app/ui/input.tsx';
import { Popover } from '#app/ui/popover.tsx';

/** Filters under names, for everybody who uses this installation. */
export function ViewsMenu({ filter, isFiltered }: { filter: SessionFilter; isFiltered: boolean }) {
  const { data, mutate } = useSWR('/api/views', (url: string) => callApi(url, viewsResponse));
  const [name, setName] = useState('');
  const views = data?.views ?? [];
  const act = async (call: () => Promise<unknown>) => {
    try {
      await call();
      await mutate();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast.error(error.message);
      return false;
    }
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const init = { method: 'POST', body: JSON.stringify({ name, filter }) };
    if (await act(() => callApi('/api/views', viewResponse, init))) setName('');
  };
  return (
    <Popover
      title="Views"
      trigger={
        <Button kind="quiet">
          <Bookmark />
          Views
        </Button>
      }
    >
      {views.length === 0 ? <p className="text-muted">No saved views yet.</p> : null}
      <ul className="-mx-1 max-h-72 overflow-y-auto">
        {views.map(({ id, name: label, query }) => (
          <li key={id} className="group flex items-center gap-1 rounded-sm hover:bg-hover">
            <Link href={`/sessions?${query}`} className="min-w-0 flex-1 truncate rounded-sm px-2 py-1.5">
              {label}
            </Link>
            <Button
              kind="quiet"
              size="smallIcon"
              aria-label={`Delete the view ${label}`}
              onClick={() => void act(() => callApi(`/api/views/${id}`, doneResponse, { method: 'DELETE' }))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      {isFiltered ? (
        <form onSubmit={(event) => void save(event)} className="mt-2 flex gap-2 border-t border-line pt-3">
          <Input
            aria-label="Name of the view"
            placeholder="Name of this filter"
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={80}
            className="h-8 text-sm"
          />
          <Button type="submit">Save</Button>
        </form>
      ) : (
        <p className="mt-2 text-xs text-muted">Filter the list to save the filter here.</p>
      )}
    </Popover>
  );
}
