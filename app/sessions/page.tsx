import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { appContext } from '#lib/app-context.ts';
import { listSchemas } from '#lib/schemas/get.ts';
import { listSessions, sessionFilterSchema } from '#lib/sessions/list.ts';
import { TopBar } from '../frame/top-bar.tsx';
import { buttonStyle } from '../ui/button.tsx';
import { SessionsTable } from './sessions-table.tsx';

export const metadata: Metadata = { title: 'All Sessions' };
export const dynamic = 'force-dynamic';

interface Route {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SessionsPage({ searchParams }: Route) {
  const { db } = await appContext();
  // A filter that somebody mistyped in the address shows everything rather than an error.
  const filter = sessionFilterSchema.safeParse(await searchParams).data ?? {};
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const [first, schemas] = await Promise.all([listSessions(db, given), listSchemas(db)]);
  return (
    <>
      <TopBar crumbs={[{ label: 'All Sessions' }]}>
        <Link href="/sessions/new" className={buttonStyle({ variant: 'primary' })}>
          <Plus aria-hidden />
          New session
        </Link>
      </TopBar>
      <main className="min-w-0 flex-1">
        <SessionsTable first={first} schemas={schemas.map(({ slug, name }) => ({ slug, name }))} />
      </main>
    </>
  );
}
