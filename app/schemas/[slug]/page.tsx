import { Braces, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache, type ReactNode } from 'react';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { priorityLabels } from '#app/labels/sessions.ts';
import { ButtonLink } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { counted } from '#app/ui/format.ts';
import { Notice } from '#app/ui/callout.tsx';
import { RelativeTime } from '#app/ui/time.tsx';
import { requestContext } from '#app/request-context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { fileTypes } from '#lib/core/file-types.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { storableNumber } from '#lib/core/storable.ts';
import { FieldTree } from './field-tree.tsx';
import { Rules } from './rules.tsx';

const inputLabels = { text: 'Words', image: 'Picture', both: 'Words and picture' };

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ version?: string }>;
}

const findSchema = cache(async (slug: string, version?: number) => {
  const context = await requestContext();
  try {
    return await getSchema(context, { slug, version });
  } catch (error) {
    if (error instanceof RequestError && error.kind === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await findSchema((await params).slug)).name };
}

export default async function SchemaPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const version = Number((await searchParams).version);
  const schema = await findSchema(slug, storableNumber.safeParse(version).data);
  const definition = parseSavedDefinition(schema.definition);
  return (
    <PageFrame crumbs={[{ label: 'Schemas', href: '/schemas' }, { label: schema.name }]}>
      <div className="mx-auto flex w-full max-w-300 flex-col gap-6 px-4 py-6 md:px-6">
        <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-72">
            <h1 className="text-xl font-semibold tracking-tight">{schema.name}</h1>
            <p className="mt-1 font-mono text-sm text-muted">{slug}</p>
          </div>
          <div className="flex gap-2">
            <ButtonLink href={`/api/schemas/${slug}?version=${schema.version}`} prefetch={false}>
              <Braces />
              JSON
            </ButtonLink>
            <ButtonLink href={`/sessions/new?schema=${slug}`}>
              <Plus />
              New session
            </ButtonLink>
          </div>
        </header>
        {schema.notices.length > 0 ? (
          <Notice tone="orange" title="Some patterns of this version are not checked">
            <p>Values that depend on them need attention. Saving a version without the following resolves this.</p>
            <ul className="mt-1 list-disc pl-5">
              {schema.notices.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  <code className="font-mono text-xs break-all">{path}</code> {message}
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
        <dl className="flex flex-wrap gap-x-8 gap-y-3 border-y py-3 text-sm">
          <Fact label="Version">
            {schema.version} of {schema.versions.length}
          </Fact>
          <Fact label="Locale">{definition.locale}</Fact>
          <Fact label="Priority">{priorityLabels[definition.priority]}</Fact>
          <Fact label="Engine">{definition.engine ?? 'Installation default'}</Fact>
          <Fact label="The model sees">{inputLabels[definition.input]}</Fact>
          <Fact label="Split by">
            {definition.split?.by ? <code className="font-mono text-xs">{definition.split.by}</code> : null}
            {definition.split?.pages ? ` ${counted(definition.split.pages, 'page')} each` : null}
            {definition.split ? null : 'Not split: one account per document'}
          </Fact>
        </dl>
        {definition.instructions ? (
          <Part title="Instructions">
            <p className="max-w-prose whitespace-pre-wrap text-muted">{definition.instructions}</p>
          </Part>
        ) : null}
        <Part title="Fields">
          <FieldTree fields={definition.fields.fields} />
        </Part>
        {definition.rules.length > 0 ? (
          <Part title="Rules">
            <Rules rules={definition.rules} />
          </Part>
        ) : null}
        {definition.knowledge.length > 0 ? (
          <Part title="Knowledge">
            <ul className="divide-y rounded-md border text-sm">
              {definition.knowledge.map(({ name, sha256, type }) => (
                <li key={sha256} className="flex h-10 items-center gap-4 px-3">
                  <span className="truncate">{name}</span>
                  <span className="ml-auto text-muted">{fileTypes[type].label}</span>
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
        <Part title="Versions">
          <ul className="divide-y rounded-md border text-sm">
            {schema.versions.toReversed().map((each) => (
              <li key={each.version} className="flex h-10 items-center gap-4 px-3">
                <Link
                  href={`/schemas/${slug}?version=${each.version}`}
                  aria-current={each.version === schema.version ? 'true' : undefined}
                  className={cn(
                    'rounded-sm text-link hover:underline',
                    each.version === schema.version && 'font-medium',
                  )}
                >
                  Version {each.version}
                </Link>
                <span className="truncate text-muted">{each.name}</span>
                <RelativeTime iso={each.created_at} className="ml-auto text-muted" />
              </li>
            ))}
          </ul>
        </Part>
      </div>
    </PageFrame>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 font-medium">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-faint">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
