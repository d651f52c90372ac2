import { Check, CircleDot, CircleSlash, CircleDashed, Contrast, Hourglass, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DocumentSummary, SessionSummary } from '#lib/sessions/summary.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

const looks: Record<string, { tone: Tone; label: string; icon: ReactNode }> = {
  processing: { tone: 'blue', label: 'Processing', icon: <CircleDashed aria-hidden /> },
  in_progress: { tone: 'amber', label: 'In Progress', icon: <CircleDot aria-hidden /> },
  verified: { tone: 'green', label: 'Verified', icon: <Check aria-hidden /> },
  failed: { tone: 'red', label: 'Failed', icon: <X aria-hidden /> },
  cancelled: { tone: 'grey', label: 'Cancelled', icon: <CircleSlash aria-hidden /> },
  completed: { tone: 'green', label: 'Done', icon: <Check aria-hidden /> },
  queued: { tone: 'grey', label: 'Queued', icon: <Hourglass aria-hidden /> },
};

export function SessionBadge({ session }: { session: Pick<SessionSummary, 'status' | 'partial' | 'waiting'> }) {
  if (session.status === 'processing' && session.waiting) {
    return (
      <Badge tone="blue" icon={<Hourglass aria-hidden />} title={session.waiting.reason}>
        Waiting
      </Badge>
    );
  }
  const look = looks[session.status];
  const icon = session.partial && session.status === 'in_progress' ? <Contrast aria-hidden /> : look?.icon;
  return (
    <Badge tone={look?.tone ?? 'grey'} icon={icon}>
      {look?.label}
    </Badge>
  );
}

export function DocumentBadge({ document }: { document: Pick<DocumentSummary, 'status' | 'pages_failed'> }) {
  const look = looks[document.status] ?? looks.processing;
  return (
    <Badge tone={look?.tone ?? 'blue'} icon={look?.icon}>
      {look?.label}
    </Badge>
  );
}

/** Stages in words. */
export const stageNames: Record<string, string> = {
  queued: 'Waiting for a worker',
  ocr_extraction: 'Reading pages',
  account_splitting: 'Splitting accounts',
  page_analysis: 'Mapping pages',
  llm_extraction: 'Extracting values',
  completed: 'Done',
};

/** What failed of a session that did not fail as a whole. */
export function partialText({ documents_total, documents_done, pages_failed }: SessionSummary): string {
  const documents = documents_total - documents_done;
  const parts = [
    documents > 0 && `${documents} of ${documents_total} documents gave no result`,
    pages_failed > 0 && `${pages_failed} ${pages_failed === 1 ? 'page' : 'pages'} failed`,
  ];
  return parts.filter(Boolean).join(', ');
}
