import { Plus } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode, Suspense } from 'react';
import { ButtonLink } from '#app/ui/button.tsx';
import { KeysButton } from './keys.tsx';
import { SearchBox } from './search-box.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export interface Crumb {
  label: string;
  /** Absent: the screen itself. */
  href?: string;
}

/** The top bar and, below it, a screen. */
export function PageFrame({ crumbs, children }: { crumbs: readonly Crumb[]; children: ReactNode }) {
  return (
    <>
      <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-2 border-b bg-canvas px-4">
        <Breadcrumb crumbs={crumbs} />
        <Suspense>
          <SearchBox hasKey className="ml-auto w-64 max-lg:w-44 max-md:hidden" />
        </Suspense>
        <div className="flex items-center max-md:ml-auto">
          <KeysButton />
          <ThemeToggle />
        </div>
        <ButtonLink href="/sessions/new" kind="primary">
          <Plus />
          <span className="max-sm:sr-only">New session</span>
        </ButtonLink>
      </header>
      <main id="main" className="flex min-w-0 flex-1 flex-col max-md:pb-14">
        {children}
      </main>
    </>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5">
      {crumbs.map(({ label, href }, index) => (
        <Fragment key={href ?? 'here'}>
          {index > 0 ? <span className="text-faint">/</span> : null}
          {href ? (
            <Link href={href} className="shrink-0 rounded-sm text-muted hover:text-ink">
              {label}
            </Link>
          ) : (
            <span aria-current="page" className="truncate font-medium">
              {label}
            </span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
