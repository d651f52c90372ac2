import type { SchemaSummary } from '#lib/core/contract/schemas.ts';
import type { Metadata } from 'next';
import Link from 'next/link';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { priorityLabels } from '#app/labels/sessions.ts';
import { count, counted } from '#app/ui/format.ts';
import { Badge } from '#app/ui/badge.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { RelativeTime } from '#app/ui/time.tsx';
import { requestContext } from '#app/request-context.ts';
import { listSchemas } from '#lib/schemas/get.ts';

export const metadata: Metadata = { title: 'Schemas' };
export const dynamic = 'force-dynamic';

const head = 'border-b font-medium';

export default async function SchemasPage() {
  const context = await requestContext();
  const schemas = await listSchemas(context);
  return (
    <PageFrame crumbs={[{ label: 'Schemas' }]}>
      <h1 className="flex h-14 items-center px-4 text-lg font-semibold tracking-tight">
        Schemas <span className="ml-2 font-normal text-faint tabular-nums">{count(schemas.length)}</span>
      </h1>
      {schemas.length === 0 ? (
        <EmptyState title="No schemas yet">
          A schema says what to extract. Create one with <code className="font-mono">PUT /api/schemas/your-slug</code>.
        </EmptyState>
      ) : (
        <table className="w-full table-fixed border-collapse text-sm">
          <thead>
            <tr className="h-8 text-left text-xs text-faint">
              <th scope="col" className={`${head} w-64 pl-4 max-md:w-auto`}>
                Name
              </th>
              <th scope="col" className={`${head} px-2 max-md:hidden`}>
                What it extracts
              </th>
              <th scope="col" className={`${head} w-24 px-2 max-lg:hidden`}>
                Priority
              </th>
              <th scope="col" className={`${head} w-20 px-2 text-right`}>
                Version
              </th>
              <th scope="col" className={`${head} w-24 pr-4 pl-2 text-right`}>
                Changed
              </th>
            </tr>
          </thead>
          <tbody>
            {schemas.map((schema) => (
              <SchemaRow key={schema.slug} schema={schema} />
            ))}
          </tbody>
        </table>
      )}
    </PageFrame>
  );
}

function SchemaRow({ schema }: { schema: SchemaSummary }) {
  const { slug, name, fields, priority, version, notices, updated_at } = schema;
  return (
    <tr className="relative h-12 border-b transition-colors duration-100 hover:bg-hover">
      <td className="pl-4">
        <Link href={`/schemas/${slug}`} className="block truncate rounded-sm font-medium after:absolute after:inset-0">
          {name}
        </Link>
        <span className="flex items-center gap-2">
          <span className="truncate font-mono text-xs text-faint">{slug}</span>
          {notices.length > 0 ? <Badge tone="orange">{counted(notices.length, 'notice')}</Badge> : null}
        </span>
      </td>
      <td className="px-2 max-md:hidden">
        <span className="block truncate text-muted">
          {fields.map((field) => field.replaceAll('_', ' ')).join(', ')}
        </span>
        <span className="block text-xs text-faint">{counted(fields.length, 'field')}</span>
      </td>
      <td className="px-2 text-muted max-lg:hidden">{priorityLabels[priority]}</td>
      <td className="px-2 text-right text-muted tabular-nums">{version}</td>
      <td className="pr-4 pl-2 text-right text-muted">
        <RelativeTime iso={updated_at} />
      </td>
    </tr>
  );
}
