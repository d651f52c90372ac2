import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { requestContext } from '#app/request-context.ts';
import { listSchemas } from '#lib/schemas/get.ts';
import { NewSessionForm } from './new-session-form.tsx';
import { readRefusal, refusalCookieName } from './refused-form.ts';
import { SampleButton } from './sample-button.tsx';

export const metadata: Metadata = { title: 'New session' };
export const dynamic = 'force-dynamic';

const megabyte = 1024 * 1024;

interface Props {
  /** `schema`: the slug of one that is chosen already. `refused`: a form that was sent without JavaScript was refused. */
  searchParams: Promise<{ schema?: string | string[]; refused?: string | string[] }>;
}

export default async function NewSessionPage({ searchParams }: Props) {
  const { schema: asked, refused } = await searchParams;
  const refusal = refused === undefined ? null : readRefusal((await cookies()).get(refusalCookieName)?.value);
  const { db, env } = await requestContext();
  const schemas = await listSchemas({ db });
  return (
    <PageFrame crumbs={[{ label: 'Sessions', href: '/sessions' }, { label: 'New session' }]}>
      <div className="mx-auto w-full max-w-160 px-4 py-6">
        <h1 className="mb-4 text-xl font-semibold tracking-tight">New session</h1>
        <NewSessionForm
          schemas={schemas}
          chosen={schemas.find(({ slug }) => slug === asked)?.slug ?? ''}
          maxFileBytes={env.MAX_UPLOAD_MB * megabyte}
          refused={refusal}
        />
        <div className="mt-4 flex flex-wrap items-center justify-center gap-x-1 border-t pt-4 text-sm text-muted">
          No document at hand?
          <SampleButton kind="quiet" />
        </div>
      </div>
    </PageFrame>
  );
}
