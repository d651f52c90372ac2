import { counted } from '#app/ui/format.ts';
import { Notice } from '#app/ui/notice.tsx';
import { ClockTime } from '#app/ui/time.tsx';
import type { SessionDetail } from '#lib/sessions/get.ts';

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
        It goes on by itself at <ClockTime iso={waiting.until} />. Nothing that is done is lost.
      </Notice>
    );
  }
  if (status === 'in_progress' && partial) {
    return (
      <Notice tone="orange" title="Not everything could be read">
        {whatIsMissing(session)} Retry does only what is missing.
      </Notice>
    );
  }
  return null;
}

function whatIsMissing({ documents, pages_failed }: SessionDetail): string {
  const failed = documents.filter(({ status }) => status === 'failed' || status === 'cancelled');
  const parts = [
    ...(failed.length > 0
      ? [`${counted(failed.length, 'document')} (${failed.map(({ name }) => name).join(', ')})`]
      : []),
    ...(pages_failed > 0 ? [counted(pages_failed, 'page')] : []),
  ];
  return `${parts.join(' and ')} failed; the values below are of the rest.`;
}
