'use client';

import { PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#app/ui/cn.ts';
import { Logo } from './logo.tsx';
import { places } from './navigation.ts';
import { toggleRail } from './theme.ts';

const item = 'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors duration-100';

/** Left of every screen; on a phone along its lower edge. */
export function Rail() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className={cn(
        'fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface px-2 pb-[env(safe-area-inset-bottom)]',
        'md:sticky md:top-0 md:h-dvh md:w-44 md:shrink-0 md:flex-col md:border-t-0 md:border-r md:px-2 md:pb-2 md:narrow:w-12',
      )}
    >
      <Link
        href="/sessions"
        className="hidden h-12 items-center gap-2 rounded-md px-1.5 font-semibold tracking-tight md:flex"
      >
        <Logo className="size-5" />
        <span className="narrow:sr-only">Sluice</span>
      </Link>
      <ul className="flex flex-1 md:mt-1 md:flex-none md:flex-col md:gap-0.5">
        {places.map(({ href, label, icon: Icon }) => {
          const isHere = path.startsWith(href);
          return (
            <li key={href} className="flex-1">
              <Link
                href={href}
                title={label}
                aria-current={isHere ? 'page' : undefined}
                className={cn(
                  item,
                  'max-md:h-13 max-md:flex-col max-md:justify-center max-md:gap-0.5 max-md:text-xs',
                  isHere ? 'font-medium text-ink md:bg-pressed' : 'text-muted hover:text-ink md:hover:bg-hover',
                )}
              >
                <Icon className={cn('size-4 shrink-0', isHere && 'text-link')} />
                <span className="md:narrow:sr-only">{label}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        aria-label="Collapse or expand sidebar"
        title="Collapse or expand sidebar"
        onClick={toggleRail}
        className={cn(item, 'mt-auto hidden text-faint hover:bg-hover hover:text-ink md:flex')}
      >
        <PanelLeft className="size-4 shrink-0" />
      </button>
    </nav>
  );
}
