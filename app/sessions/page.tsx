import { sessionFilter } from '#lib/core/contract/sessions.ts';
import type { Metadata } from 'next';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { requestContext } from '#app/request-context.ts';
import { listSchemas } from '#lib/schemas/get.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { listUrl } from './list/filter.ts';
import { SessionsScreen } from './list/sessions-screen.tsx';

export const metadata: Metadata = { title: 'All Sessions' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SessionsPage({ searchParams }: Props) {
  const context = await requestContext();
  const parsed = sessionFilter.safeParse(await searchParams);
  const filter = parsed.success ? parsed.data : {};
  const [page, schemas] = await Promise.all([listSessions(context, filter), listSchemas(context)]);
  return (
    <PageFrame crumbs={[{ label: 'Sessions' }]}>
      <SessionsScreen
        first={{ url: listUrl(filter), page }}
        schemas={schemas.map(({ slug, name }) => ({ slug, name }))}
      />
    </PageFrame>
  );
}
