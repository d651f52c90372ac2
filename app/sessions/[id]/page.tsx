import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { requestContext } from '#app/request-context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { getResults } from '#lib/results/get.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { getSession } from '#lib/sessions/get.ts';
import { listShapesOf } from './list-shapes-of.ts';
import { requiredPaths } from './required-paths.ts';
import { SessionScreen } from './session-screen.tsx';

interface Props {
  params: Promise<{ id: string }>;
}

const findSession = cache(async (id: string) => {
  const context = await requestContext();
  try {
    return await getSession(context, id);
  } catch (error) {
    if (error instanceof RequestError && error.kind === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findSession((await params).id)).name };
}

export default async function SessionPage({ params }: Props) {
  const { id } = await params;
  const session = await findSession(id);
  const context = await requestContext();
  const [results, schema] = await Promise.all([
    getResults(context, { sessionId: id }),
    getSchema(context, { slug: session.schema.slug, version: session.schema.version }),
  ]);
  const { fields } = parseSavedDefinition(schema.definition);
  return (
    <PageFrame crumbs={[{ label: 'Sessions', href: '/sessions' }, { label: session.name }]}>
      <SessionScreen
        session={session}
        results={results}
        required={requiredPaths(fields)}
        lists={listShapesOf(fields)}
        definition={schema.definition}
      />
    </PageFrame>
  );
}
