import { sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { pageAccounts, pages } from '#lib/db/tables/results.ts';
import type { StageName, StageStates } from '#lib/core/lifecycle.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import { moveToStage } from '../lifecycle/documents.ts';

export type PageRow = Omit<typeof pages.$inferInsert, 'runId' | 'documentId'>;
export type PageAccountRow = Omit<typeof pageAccounts.$inferInsert, 'runId' | 'documentId'>;

/** How far a document is, and what came since the last write. */
export interface DocumentProgress {
  stage: StageName;
  stages: StageStates;
  /** 0–100 over all stages. */
  progress: number;
  /** Names the reader that read the pages; null until it is known. */
  readerKey: string | null;
  pagesTotal: number;
  pagesProcessed: number;
  pagesFailed: number;
  /** Something was newly remembered: the workers lost before were not lost for nothing. */
  remembered: boolean;
  pageRows: readonly PageRow[];
  pageAccountRows: readonly PageAccountRow[];
}

const rowsPerInsert = 500;

/** Writes progress and the ledger inside a fenced transaction. Writing the same again changes nothing. */
export async function writeProgress(tx: Transaction, claim: Claim, progress: DocumentProgress): Promise<void> {
  const owner = { runId: claim.runId, documentId: claim.documentId };
  await moveToStage(tx, claim.documentId, progress.stage, {
    stageStates: progress.stages,
    progress: progress.progress,
    ...(progress.readerKey ? { readerKey: progress.readerKey } : {}),
    pagesTotal: progress.pagesTotal,
    pagesProcessed: progress.pagesProcessed,
    pagesFailed: progress.pagesFailed,
    // The password was for the reading only.
    ...(progress.stage === 'ocr_extraction' ? {} : { sealedPassword: null }),
    ...(progress.remembered ? { lostAttempts: 0 } : {}),
  });
  for (const rows of chunks(progress.pageRows)) {
    await tx
      .insert(pages)
      .values(rows.map((row) => ({ ...row, ...owner })))
      .onConflictDoUpdate({ target: [pages.documentId, pages.runId, pages.pageNum], set: excludedPage });
  }
  for (const rows of chunks(progress.pageAccountRows)) {
    await tx
      .insert(pageAccounts)
      .values(rows.map((row) => ({ ...row, ...owner })))
      .onConflictDoUpdate({
        target: [pageAccounts.documentId, pageAccounts.runId, pageAccounts.pageNum, pageAccounts.accountIndex],
        set: { data: sql`excluded.data`, extractedAt: sql`excluded.extracted_at` },
      });
  }
}

/** Every column of the new row; cost stays what it was when the result came from memory. */
const excludedPage = {
  status: sql`excluded.status`,
  source: sql`excluded.source`,
  title: sql`excluded.title`,
  engine: sql`excluded.engine`,
  model: sql`excluded.model`,
  cached: sql`excluded.cached`,
  tokensIn: sql`case when excluded.cached then pages.tokens_in else excluded.tokens_in end`,
  tokensCached: sql`case when excluded.cached then pages.tokens_cached else excluded.tokens_cached end`,
  tokensOut: sql`case when excluded.cached then pages.tokens_out else excluded.tokens_out end`,
  costUsd: sql`case when excluded.cached then pages.cost_usd else excluded.cost_usd end`,
  ms: sql`excluded.ms`,
  failureReason: sql`excluded.failure_reason`,
  failureMessage: sql`excluded.failure_message`,
  finishedAt: sql`excluded.finished_at`,
};

/** Of rows for one page the last counts: a statement may not touch a row twice. */
function chunks<T extends { pageNum: number; accountIndex?: number }>(rows: readonly T[]): T[][] {
  const last = [...new Map(rows.map((row) => [`${row.pageNum}/${row.accountIndex ?? ''}`, row])).values()];
  return Array.from({ length: Math.ceil(last.length / rowsPerInsert) }, (_, index) =>
    last.slice(index * rowsPerInsert, (index + 1) * rowsPerInsert),
  );
}
