'use client';

import { Braces, Inbox } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '../ui/cx.ts';
import { ThemeToggle } from './theme-toggle.tsx';

const places = [
  { href: '/sessions', label: 'Sessions', icon: Inbox },
  { href: '/schemas', label: 'Schemas', icon: Braces },
];

/** The way between the places of the application; a bar at the top of a narrow screen. */
export function Rail() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="flex shrink-0 items-center gap-1 border-b bg-sunken px-2 py-1.5 sm:sticky sm:top-0 sm:h-dvh sm:w-14 sm:flex-col sm:border-b-0 sm:border-r sm:py-3 lg:w-44 lg:items-stretch lg:px-3"
    >
      <Link href="/sessions" className="mr-2 flex items-center gap-2 px-1.5 font-semibold sm:mb-4 sm:mr-0 sm:justify-center lg:justify-start">
        <Mark />
        <span className="sm:hidden lg:inline">Sluice</span>
      </Link>
      {places.map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={path.startsWith(href) ? 'page' : undefined}
          className={cx(
            'flex h-8 items-center gap-2.5 rounded px-2 text-sm font-medium text-ink-soft hover:text-ink sm:justify-center lg:justify-start',
            path.startsWith(href) && 'bg-raised text-ink ring-1 ring-line',
          )}
        >
          <Icon className="size-4 shrink-0" aria-hidden />
          <span className="sm:sr-only lg:not-sr-only">{label}</span>
        </Link>
      ))}
      <div className="ml-auto sm:ml-0 sm:mt-auto">
        <ThemeToggle />
      </div>
    </nav>
  );
}

/** A gate that lets measured water through. */
function Mark() {
  return (
    <svg viewBox="0 0 20 20" className="size-5 text-accent" aria-hidden>
      <rect x="2" y="2" width="16" height="16" rx="4" fill="currentColor" />
      <path d="M6 5v6M10 5v9M14 5v4" stroke="var(--on-accent)" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
