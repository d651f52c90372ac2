'use client';

import { Search } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Kbd } from '#app/ui/kbd.tsx';
import { useKeys } from './keys.tsx';

const label = 'Search sessions by name, file or value';

/** Narrows All Sessions while one types; from elsewhere Enter leads there. Of several on a screen one has the key. */
export function SearchBox({ className, hasKey = false }: { className?: string; hasKey?: boolean }) {
  const router = useRouter();
  const isList = usePathname() === '/sessions';
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useQueryState('q', parseAsString.withDefault('').withOptions({ throttleMs: 200 }));
  const [draft, setDraft] = useState('');

  useKeys(
    'Search',
    useMemo(
      () => (hasKey ? [{ keys: '/', label: 'Search sessions', run: () => input.current?.focus() }] : []),
      [hasKey],
    ),
  );

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      if (isList) void setQuery(null);
      setDraft('');
      event.currentTarget.blur();
    }
    if (event.key === 'Enter' && !isList && draft.trim())
      router.push(`/sessions?q=${encodeURIComponent(draft.trim())}`);
  };

  return (
    <div role="search" className={cn('group relative', className)}>
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder="Search names and values"
        value={isList ? query : draft}
        onChange={(event) => (isList ? void setQuery(event.target.value || null) : setDraft(event.target.value))}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-md border border-edge bg-canvas pr-8 pl-8 text-sm transition-colors duration-100 hover:border-faint focus-visible:outline-offset-0 [&::-webkit-search-cancel-button]:hidden"
      />
      <Kbd className="pointer-events-none absolute top-1.5 right-1.5 group-focus-within:hidden max-md:hidden">/</Kbd>
    </div>
  );
}
