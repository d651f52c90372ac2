import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ConnectionNotice } from '../live/connection-notice.tsx';

export interface Crumb {
  label: string;
  href?: string;
}

/** 48 px: where one is on the left, what one can do on the right. */
export function TopBar({ crumbs, children }: { crumbs: readonly Crumb[]; children?: ReactNode }) {
  return (
    <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-3 border-b bg-page px-4">
      <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1">
        {crumbs.map(({ label, href }, index) => (
          <span key={label} className="flex min-w-0 items-center gap-1">
            {index > 0 && <ChevronRight className="size-3.5 shrink-0 text-ink-faint" aria-hidden />}
            {href ? (
              <Link href={href} className="shrink-0 text-ink-soft hover:text-ink">
                {label}
              </Link>
            ) : (
              <h1 className="truncate font-semibold" title={label}>
                {label}
              </h1>
            )}
          </span>
        ))}
      </nav>
      <ConnectionNotice />
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </header>
  );
}
