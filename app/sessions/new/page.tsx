import type { Metadata } from 'next';
import { appContext } from '#lib/app-context.ts';
import { listSchemas } from '#lib/schemas/get.ts';
import { TopBar } from '../../frame/top-bar.tsx';
import { NewSessionForm } from './new-session-form.tsx';

export const metadata: Metadata = { title: 'New session' };
export const dynamic = 'force-dynamic';

export default async function NewSessionPage() {
  const { db, env } = await appContext();
  const schemas = await listSchemas(db);
  return (
    <>
      <TopBar crumbs={[{ label: 'All Sessions', href: '/sessions' }, { label: 'New session' }]} />
      <main className="mx-auto w-full max-w-[672px] flex-1 px-4 py-6">
        <NewSessionForm schemas={schemas} maxFileBytes={env.MAX_UPLOAD_MB * 1024 * 1024} />
      </main>
    </>
  );
}
