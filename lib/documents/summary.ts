import type { DocumentSummary } from '#lib/core/contract/sessions.ts';
import type { Failure, FailureReason } from '#lib/core/failures.ts';
import type { documents } from '#lib/db/tables/sessions.ts';

/** A document as the API shows it beside its session. */
export function toDocumentSummary(row: typeof documents.$inferSelect): DocumentSummary {
  return {
    id: row.id,
    parent_id: row.parentId,
    name: row.name,
    sha256: row.sha256,
    type: row.type,
    size: row.bytes,
    status: row.status,
    stage: row.status,
    stages: row.stageStates,
    progress: row.progress,
    waiting: row.waiting,
    pages_total: row.pagesTotal,
    pages_processed: row.pagesProcessed,
    pages_failed: row.pagesFailed,
    failure: toFailure(row.failureReason, row.failureMessage),
    notice: row.notice,
  };
}

/** Both or none are in a row. */
export function toFailure(reason: FailureReason | null, message: string | null): Failure | null {
  return reason && message ? { reason, message } : null;
}
