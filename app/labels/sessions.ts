import type { DocumentSummary, SessionSummary } from '#lib/core/contract/sessions.ts';
import { failures } from '#lib/core/failures.ts';
import { count, counted } from '#app/ui/format.ts';
import type { Shape } from '#app/ui/mark.tsx';
import type { Tone } from '#app/ui/tone.ts';
import type { Priority } from '#lib/core/fields/choices.ts';
import type { DocumentStatus, SessionStatus, StageName } from '#lib/core/lifecycle.ts';

export const sessionLabels: Record<SessionStatus, string> = {
  processing: 'Processing',
  in_progress: 'In Progress',
  verified: 'Verified',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const stageLabels: Record<StageName, string> = {
  ocr_extraction: 'Reading',
  account_splitting: 'Finding accounts',
  page_analysis: 'Mapping pages',
  llm_extraction: 'Extracting',
};

export const documentLabels: Record<DocumentStatus, string> = {
  queued: 'Queued',
  ...stageLabels,
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const priorityLabels: Record<Priority, string> = { high: 'High', normal: 'Normal', low: 'Low' };

/** How a state looks: never by colour alone. */
export interface Look {
  label: string;
  tone: Tone;
  shape: Shape;
}

const sessionLooks: Record<SessionStatus, Omit<Look, 'label'>> = {
  processing: { tone: 'blue', shape: 'pie' },
  in_progress: { tone: 'amber', shape: 'dot' },
  verified: { tone: 'green', shape: 'check' },
  failed: { tone: 'red', shape: 'cross' },
  cancelled: { tone: 'grey', shape: 'slash' },
};

export function lookOfStatus(status: SessionStatus): Look {
  return { label: sessionLabels[status], ...sessionLooks[status] };
}

export function lookOfSession({ status, partial, waiting, started_at }: SessionSummary): Look {
  const look = lookOfStatus(status);
  if (status === 'processing' && waiting) return { ...look, shape: 'pause' };
  if (status === 'processing' && !started_at) return { ...look, shape: 'dashed' };
  if (status === 'in_progress' && partial) return { ...look, shape: 'half' };
  return look;
}

export function lookOfDocument({ status, waiting, pages_failed }: DocumentSummary): Look {
  const label = documentLabels[status];
  if (status === 'completed')
    return pages_failed > 0 ? { label, tone: 'amber', shape: 'half' } : { label, tone: 'green', shape: 'check' };
  if (status === 'failed') return { label, tone: 'red', shape: 'cross' };
  if (status === 'cancelled') return { label, tone: 'grey', shape: 'slash' };
  if (waiting) return { label: 'Waiting', tone: 'blue', shape: 'pause' };
  return status === 'queued' ? { label, tone: 'grey', shape: 'dashed' } : { label, tone: 'blue', shape: 'pie' };
}

export function stageLabel(stage: string): string {
  return Object.hasOwn(documentLabels, stage) ? documentLabels[stage as DocumentStatus] : stage;
}

/** What a running session is doing: its stage, or how many of its documents are done. */
export function progressText({ stage, documents_done, documents_total, started_at }: SessionSummary): string {
  if (!started_at) return documentLabels.queued;
  if (documents_total < 2) return stageLabel(stage);
  return `${count(documents_done)} of ${counted(documents_total, 'document')}`;
}

/** Whether there is something that a retry would do. */
export function isRetryable({ status, partial, failure, documents_total }: SessionSummary): boolean {
  // The same file would fail the same way: the sentence beside it says what to do instead.
  if (status === 'failed' && documents_total === 1 && failure && !failures[failure.reason].retryable) return false;
  return status === 'failed' || status === 'cancelled' || (status === 'in_progress' && partial);
}
