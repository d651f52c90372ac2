import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { counted } from '#app/ui/format.ts';
import { Notice } from '#app/ui/callout.tsx';
import { ClockTime } from '#app/ui/time.tsx';

/** What is wrong with a session as a whole, or what it waits for. */
export function SessionNotices({ session }: { session: SessionDetail }) {
  const { status, failure, waiting, partial } = session;
  if (status === 'failed' && failure) {
    return (
      <Notice tone="red" title="No document gave a result">
        {failure.message}
      </Notice>
    );
  }
  if (status === 'processing' && waiting) {
    return (
      <Notice tone="blue" title={waiting.reason}>
        Resumes automatically at <ClockTime iso={waiting.until} />. Nothing is lost.
      </Notice>
    );
  }
  if (status !== 'in_progress') return null;
  return (
    <>
      {partial ? (
        <Notice tone="orange" title="Not everything could be read">
          {whatIsMissing(session)} Retry does only what is missing.
        </Notice>
      ) : null}
      <DocumentNotices documents={session.documents} />
    </>
  );
}

const shownDocuments = 3;

/** What a person should know of single documents, such as that one looks like several records. */
function DocumentNotices({ documents }: Pick<SessionDetail, 'documents'>) {
  const noticed = documents.filter(({ notice }) => notice !== null);
  const more = noticed.length - shownDocuments;
  if (noticed.length === 0) return null;
  return (
    <Notice tone="orange" title={noticed.length === 1 ? 'A document needs attention' : 'Documents need attention'}>
      {noticed.slice(0, shownDocuments).map(({ id, name, notice }) => (
        <p key={id}>
          <span className="font-medium">{name}</span>: {notice}
        </p>
      ))}
      {more > 0 ? <p>And {counted(more, 'other document')}.</p> : null}
    </Notice>
  );
}

function whatIsMissing({ documents, pages_failed }: SessionDetail): string {
  const failed = documents.filter(({ status }) => status === 'failed' || status === 'cancelled');
  const parts = [
    ...(failed.length > 0
      ? [`${counted(failed.length, 'document')} (${failed.map(({ name }) => name).join(', ')})`]
      : []),
    ...(pages_failed > 0 ? [counted(pages_failed, 'page')] : []),
  ];
  return `${parts.join(' and ')} failed; the values below are from the rest.`;
}
