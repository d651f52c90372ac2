'use client';

import {
  type DocumentSummary,
  type PageState,
  type SessionSummary,
  pagesResponse,
  sessionResponse,
} from '#lib/core/contract/sessions.ts';
import Link from 'next/link';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { cn } from '#app/ui/cn.ts';
import { count, counted } from '#app/ui/format.ts';
import { Mark } from '#app/ui/mark.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { pageLook } from '../[id]/review/strip/page-status.ts';
import { Duplicates, Expectation, useForecast } from '../forecast.tsx';
import { Status } from '../status-mark.tsx';
import { lookOfDocument } from '#app/labels/sessions.ts';

const shownDocuments = 20;
const shownPages = 200;

/** What a row has no room for: documents, their pages by state, what failed and why, and when it is done. */
export function RowDetails({ session }: { session: SessionSummary }) {
  const { id } = session;
  const edition = [session.run, session.status, session.pages_processed, session.pages_failed, session.progress].join(
    '/',
  );
  const options = { keepPreviousData: true, revalidateOnFocus: false };
  const detail = useSWR([`/api/sessions/${id}`, edition], ([url]) => callApi(url, sessionResponse), options);
  const pages = useSWR([`/api/sessions/${id}/pages`, edition], ([url]) => callApi(url, pagesResponse), options);
  const outlook = useForecast(session);
  const documents = detail.data?.session.documents;
  return (
    <tr>
      {/* As wide as the table, though it spans one column: how many are shown is not known here. */}
      <td className="p-0 align-top">
        <div className="flex min-h-12 w-[100cqw] flex-col justify-center gap-2 border-b bg-surface px-4 py-3 text-sm whitespace-normal md:pl-11">
          {documents ? (
            <>
              <ul className="flex flex-col gap-2">
                {documents.slice(0, shownDocuments).map((document) => (
                  <DocumentLine key={document.id} document={document} pages={pages.data?.pages ?? []} />
                ))}
              </ul>
              {documents.length > shownDocuments ? (
                <Link href={`/sessions/${id}`} className="text-link">
                  {counted(documents.length - shownDocuments, 'more document')}
                </Link>
              ) : null}
              {outlook ? (
                <>
                  <Expectation outlook={outlook} />
                  <Duplicates outlook={outlook} />
                </>
              ) : null}
            </>
          ) : (
            <Skeleton className="h-5 w-1/2" />
          )}
        </div>
      </td>
    </tr>
  );
}

function DocumentLine({ document, pages }: { document: DocumentSummary; pages: readonly PageState[] }) {
  const own = pages.filter((page) => page.document_id === document.id);
  const failed = own.filter(({ failure }) => failure);
  const isFailed = document.status === 'failed';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Status look={lookOfDocument(document)} progress={document.progress} className="w-36" />
      <span className="max-w-80 truncate" title={document.name}>
        {document.name}
      </span>
      <PageMarks pages={own} />
      {document.failure && (isFailed || document.status === 'cancelled') ? (
        <p className={cn('basis-full', isFailed ? 'text-red' : 'text-muted')}>{document.failure.message}</p>
      ) : null}
      {failed.slice(0, 3).map(({ page_num, failure }) => (
        <p key={page_num} className="basis-full text-red">
          Page {count(page_num + 1)}: {failure?.message}
        </p>
      ))}
      {document.notice ? <p className="basis-full text-orange">{document.notice}</p> : null}
    </li>
  );
}

/** A mark for each page, by its state. */
function PageMarks({ pages }: { pages: readonly PageState[] }) {
  if (pages.length === 0) return null;
  const more = pages.length - shownPages;
  return (
    <ol aria-label={counted(pages.length, 'page')} className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
      {pages.slice(0, shownPages).map((page) => {
        const { word, tone, shape } = pageLook(page);
        return (
          <li key={page.page_num} title={`Page ${page.page_num + 1}: ${word}`}>
            <Mark tone={tone} shape={shape} className="size-2.5" />
            <span className="sr-only">
              Page {page.page_num + 1}: {word}
            </span>
          </li>
        );
      })}
      {more > 0 ? <li className="text-xs text-faint">and {count(more)} more</li> : null}
    </ol>
  );
}
