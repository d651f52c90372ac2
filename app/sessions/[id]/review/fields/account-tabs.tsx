'use client';

import type { AccountView } from '#lib/core/contract/results.ts';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { count } from '#app/ui/format.ts';

interface Props {
  accounts: readonly { account: AccountView; title: string; open: number }[];
  index: number;
  onOpen: (index: number) => void;
}

const fewAccounts = 4;

/** The accounts of a session: tabs while they are few, a list to choose from when they are many. */
export function AccountTabs({ accounts, index, onOpen }: Props) {
  if (accounts.length <= fewAccounts) {
    return (
      <div role="tablist" aria-label="Accounts" className="flex min-w-0 overflow-x-auto">
        {accounts.map(({ account, title, open }, position) => (
          <button
            key={`${account.document_id}/${account.account_index}`}
            type="button"
            role="tab"
            aria-selected={position === index}
            onClick={() => onOpen(position)}
            className={cn(
              'flex h-10 max-w-56 items-center gap-2 border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-muted hover:text-ink',
              position === index && 'border-accent font-medium text-ink',
            )}
          >
            <span className="truncate">{title}</span>
            <Open count={open} />
          </button>
        ))}
      </div>
    );
  }
  return (
    <div className="flex h-10 min-w-0 flex-1 items-center gap-1 px-2">
      <Button
        kind="quiet"
        size="smallIcon"
        aria-label="Previous account"
        disabled={index === 0}
        onClick={() => onOpen(index - 1)}
      >
        <ChevronLeft />
      </Button>
      <select
        aria-label="Account"
        value={index}
        onChange={(event) => onOpen(Number(event.target.value))}
        className="h-8 min-w-0 flex-1 rounded-md border border-edge bg-canvas px-2 text-sm"
      >
        {accounts.map(({ account, title, open }, position) => (
          <option key={`${account.document_id}/${account.account_index}`} value={position}>
            {title}
            {open > 0 ? ` · ${open} to review` : ''}
          </option>
        ))}
      </select>
      <Button
        kind="quiet"
        size="smallIcon"
        aria-label="Next account"
        disabled={index === accounts.length - 1}
        onClick={() => onOpen(index + 1)}
      >
        <ChevronRight />
      </Button>
      <span className="text-sm whitespace-nowrap text-muted tabular-nums">
        {index + 1} of {count(accounts.length)}
      </span>
    </div>
  );
}

function Open({ count: open }: { count: number }) {
  if (open === 0) return null;
  return (
    <span className="rounded-sm bg-orange-soft px-1 text-xs text-orange tabular-nums">
      {count(open)}
      <span className="sr-only"> to review</span>
    </span>
  );
}
