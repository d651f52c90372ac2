import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { ClockTime } from '#app/ui/time.tsx';
import { count, counted } from '#app/ui/format.ts';
import { Progress } from '#app/ui/progress.tsx';
import { progressText } from '#app/labels/sessions.ts';

/** How far a running session is, or what it waits for; nothing much once it has ended. */
export function SessionProgress({ session }: { session: SessionSummary }) {
  if (session.status !== 'processing') return <Ended session={session} />;
  if (session.waiting) {
    return (
      <span className="block truncate text-muted" title={session.waiting.reason}>
        Until <ClockTime iso={session.waiting.until} />: {session.waiting.reason}
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2.5">
      <Progress value={session.progress} label={`Progress of ${session.name}`} className="w-16 shrink-0" />
      <span className="truncate text-muted">{progressText(session)}</span>
    </span>
  );
}

function Ended({ session }: { session: SessionSummary }) {
  const missing = missingText(session);
  if (missing) return <span className="block truncate text-orange">{missing}</span>;
  if (session.documents_total < 2) return null;
  return (
    <span className="text-muted">
      {count(session.documents_done)} of {counted(session.documents_total, 'document')}
    </span>
  );
}

/** A partial session says what is missing: it must never look complete. null when nothing is. */
export function missingText({
  status,
  partial,
  pages_failed,
  documents_done,
  documents_total,
}: SessionSummary): string | null {
  if (status !== 'in_progress' || !partial) return null;
  const failed = documents_total - documents_done;
  if (failed > 0) return `${count(failed)} of ${counted(documents_total, 'document')} failed`;
  return `${counted(pages_failed, 'page')} failed`;
}
