import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { ButtonLink } from '#app/ui/button.tsx';
import { count } from '#app/ui/format.ts';
import { requestContext } from '#app/request-context.ts';
import { getDocument } from '#lib/documents/get.ts';
import { getPage } from '#lib/documents/page.ts';
import { looksLikeSomething } from '#lib/documents/page-image.ts';
import { RequestError } from '#lib/core/errors.ts';
import { PageWords } from './page-words.tsx';

interface Props {
  params: Promise<{ doc_id: string; page_num: string }>;
}

const findPage = cache(async (documentId: string, pageNum: string) => {
  const context = await requestContext();
  try {
    const { document } = await getDocument(context, documentId);
    return { document, page: await getPage(context, { documentId, pageNum }) };
  } catch (error) {
    if (error instanceof RequestError) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { doc_id, page_num } = await params;
  const { document, page } = await findPage(doc_id, page_num);
  return { title: `${document.name}, page ${page.page_num + 1}` };
}

/** One page as it looks, with the words that were read on it. */
export default async function DocumentPage({ params }: Props) {
  const { doc_id, page_num } = await params;
  const { document, page } = await findPage(doc_id, page_num);
  const at = (number: number) => `/documents/${doc_id}/pages/${number}`;
  const crumbs = [
    { label: 'Sessions', href: '/sessions' },
    { label: document.name, href: `/sessions/${document.sessionId}` },
    { label: `Page ${page.page_num + 1}` },
  ];
  return (
    <PageFrame crumbs={crumbs}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 text-sm">
        <h1 className="font-medium tabular-nums">
          Page {page.page_num + 1} of {count(document.pagesTotal)}
          {page.title ? <span className="ml-2 font-normal text-muted">{page.title}</span> : null}
        </h1>
        <span className="text-muted tabular-nums">
          {count(page.words.length)} words {page.source === 'ocr' ? 'recognised by OCR' : 'from the text layer'}
        </span>
        <nav aria-label="Pages" className="ml-auto flex gap-2">
          {page.page_num > 0 ? (
            <ButtonLink href={at(page.page_num - 1)} size="small">
              <ChevronLeft /> Previous
            </ButtonLink>
          ) : null}
          {page.page_num + 1 < document.pagesTotal ? (
            <ButtonLink href={at(page.page_num + 1)} size="small">
              Next <ChevronRight />
            </ButtonLink>
          ) : null}
        </nav>
      </div>
      <div className="flex-1 overflow-auto bg-surface p-4">
        <PageWords
          page={page}
          picture={looksLikeSomething(page) ? `/api/document/${doc_id}/page/${page.page_num}/image` : null}
        />
      </div>
    </PageFrame>
  );
}
