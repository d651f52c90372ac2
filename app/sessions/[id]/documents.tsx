import type { DocumentSummary } from '#lib/core/contract/sessions.ts';
import { Download } from 'lucide-react';
import { bytes, count } from '#app/ui/format.ts';
import { cn } from '#app/ui/cn.ts';
import { ClockTime } from '#app/ui/time.tsx';
import { fileTypes, isFileType } from '#lib/core/file-types.ts';
import { type StageStatus, stages } from '#lib/core/lifecycle.ts';
import { Status } from '../status-mark.tsx';
import { PasswordForm } from './password-form.tsx';
import { lookOfDocument, stageLabels } from '#app/labels/sessions.ts';

export function Documents({ documents }: { documents: readonly DocumentSummary[] }) {
  return (
    <section aria-labelledby="documents">
      <h2 id="documents" className="mb-2 font-medium">
        Documents <span className="font-normal text-faint tabular-nums">{count(documents.length)}</span>
      </h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <ul tabIndex={0} aria-labelledby="documents" className="max-h-86 divide-y overflow-y-auto rounded-md border">
        {documents.map((document) => (
          <li key={document.id} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-1.5 text-sm">
            <Status look={lookOfDocument(document)} progress={document.progress} className="w-36 max-md:w-auto" />
            <span
              className="min-w-0 flex-1 truncate max-md:order-1 max-md:basis-full"
              style={{ paddingLeft: `${1.25 * depthOf(document, documents)}rem` }}
              title={document.name}
            >
              {document.name}
            </span>
            <span className="text-muted max-md:hidden">{labelOf(document.type)}</span>
            <span className="w-16 text-right text-muted tabular-nums max-md:hidden">{bytes(document.size)}</span>
            <span className="w-20 text-right text-muted tabular-nums max-md:ml-auto">{pagesOf(document)}</span>
            <Stages document={document} />
            <a
              href={`/api/document/${document.id}/file`}
              download
              aria-label={`Download ${document.name}`}
              title="Download the original"
              className="flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <Download aria-hidden className="size-4" />
            </a>
            <Trouble document={document} />
            {document.notice ? (
              <p className="basis-full text-sm text-orange max-md:order-2 md:pl-40">{document.notice}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many documents this one is within, such as the mail that carried it. */
function depthOf({ parent_id }: DocumentSummary, all: readonly DocumentSummary[]): number {
  const parent = all.find(({ id }) => id === parent_id);
  return parent ? 1 + depthOf(parent, all) : 0;
}

function Trouble({ document: { id, name, failure, waiting, status } }: { document: DocumentSummary }) {
  if (failure && (status === 'failed' || status === 'cancelled')) {
    const isLocked = status === 'failed' && failure.reason === 'encrypted_file';
    return (
      <>
        <p
          className={cn('basis-full text-sm max-md:order-2 md:pl-40', status === 'failed' ? 'text-red' : 'text-muted')}
        >
          {failure.message}
        </p>
        {isLocked ? <PasswordForm documentId={id} name={name} /> : null}
      </>
    );
  }
  if (!waiting) return null;
  return (
    <p className="basis-full text-sm text-muted max-md:order-2 md:pl-40">
      {waiting.reason}. Resumes automatically at <ClockTime iso={waiting.until} />.
    </p>
  );
}

const stageTones: Record<StageStatus, string> = {
  pending: 'bg-pressed',
  processing: 'bg-blue',
  completed: 'bg-green',
  failed: 'bg-red',
  skipped: 'bg-pressed',
};

/** The four stages as one line of four parts. */
function Stages({ document: { stages: states } }: { document: DocumentSummary }) {
  const text = stages.map((stage) => `${stageLabels[stage]}: ${states[stage].status}`).join(', ');
  return (
    <span role="img" aria-label={text} title={text} className="flex w-20 gap-0.5 max-md:hidden">
      {stages.map((stage) => (
        <span key={stage} className="h-1.5 flex-1 overflow-hidden rounded-full bg-pressed">
          <span
            className={cn('block h-full transition-[width] duration-150', stageTones[states[stage].status])}
            style={{
              width: states[stage].status === 'processing' ? `${Math.max(15, states[stage].progress)}%` : '100%',
            }}
          />
        </span>
      ))}
    </span>
  );
}

function labelOf(type: string): string {
  return isFileType(type) ? fileTypes[type].label : type;
}

function pagesOf({ pages_total, pages_processed, pages_failed, status }: DocumentSummary): string {
  if (pages_total === 0) return '–';
  if (pages_failed > 0) return `${pages_failed} failed`;
  if (status === 'completed') return pages_total === 1 ? '1 page' : `${count(pages_total)} pages`;
  return `${count(pages_processed)}/${count(pages_total)}`;
}
