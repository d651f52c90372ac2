import type { Context } from '#lib/context.ts';
import { type Claim, fenced } from '#lib/lifecycle/claim.ts';
import { type DocumentProgress, type PageAccountRow, type PageRow, writeProgress } from '#lib/documents/progress.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { type StageName, stages, type StageStatus } from '#lib/core/lifecycle.ts';
import { initialStages } from '#lib/core/initial-stages.ts';
import type { Logger } from '#lib/log.ts';
import { mayPass } from './retry-write.ts';

/** At most four writes a second per document. */
const pauseMs = 250;
/** How much of the whole each stage is. */
const weights: Record<StageName, number> = {
  ocr_extraction: 40,
  account_splitting: 5,
  page_analysis: 5,
  llm_extraction: 50,
};

/** Collects what happens to a document and writes it to its rows, coalesced. */
export interface Reporter {
  begin(stage: StageName): void;
  /** 0–100 of the stage that is in progress. */
  advance(percent: number): void;
  finish(stage: StageName, status?: StageStatus): void;
  /** How many pages there are, and under which key each is kept once it is read. */
  pages(total: number, readerKey: string): void;
  page(row: PageRow): void;
  pageAccount(row: PageAccountRow): void;
  /** Something was remembered that was not there before. */
  remembered(): void;
  /** Marks the stage in progress as failed, for the last write. */
  fail(): void;
  /** Stops writing; gives what has not been written yet, to be written with the outcome. */
  close(): Promise<DocumentProgress>;
}

/**
 * `onBroken` is called when the rows cannot be written, as they are another worker's or for a fault of ours: whatever is
 * still done here must stop. `onRemembered` is called once, when something is newly remembered.
 */
export function openReporter(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  claim: Claim,
  log: Logger,
  onBroken: (error: unknown) => void,
  onRemembered = () => {},
): Reporter {
  const state: DocumentProgress & { pageRows: PageRow[]; pageAccountRows: PageAccountRow[] } = {
    stage: 'ocr_extraction',
    stages: structuredClone(initialStages),
    progress: 0,
    readerKey: null,
    pagesTotal: 0,
    pagesProcessed: 0,
    pagesFailed: 0,
    remembered: false,
    pageRows: [],
    pageAccountRows: [],
  };
  const pageStates = new Map<number, PageRow['status']>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let closed = false;
  let saved = false;

  const write = async () => {
    const part = takePart(state);
    try {
      await fenced(db, claim, async (tx) => {
        await writeProgress(tx, claim, part);
        await refreshSession({ tx, actor }, claim.sessionId);
      });
    } catch (error) {
      putBack(state, part);
      if (!mayPass(error)) return onBroken(error);
      // The database is away for a moment: the next write, or the outcome, carries it.
      log.warn({ err: error }, 'progress could not be written');
      if (!closed) changed();
    }
  };
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(write);
    }, pauseMs);
  };
  const setStage = (stage: StageName, status: StageStatus, progress: number) => {
    state.stages[stage] = { status, progress };
    state.progress = overall(state.stages);
    changed();
  };

  return {
    begin(stage) {
      state.stage = stage;
      setStage(stage, 'processing', 0);
    },
    advance: (percent) => setStage(state.stage, 'processing', Math.floor(percent)),
    finish: (stage, status = 'completed') => setStage(stage, status, 100),
    fail: () => setStage(state.stage, 'failed', state.stages[state.stage].progress),
    pages(total, readerKey) {
      state.pagesTotal = total;
      state.readerKey = readerKey;
      changed();
    },
    page(row) {
      state.pageRows.push(row);
      pageStates.set(row.pageNum, row.status);
      const states = [...pageStates.values()];
      state.pagesProcessed = states.filter((status) => status === 'completed' || status === 'skipped').length;
      state.pagesFailed = states.filter((status) => status === 'failed').length;
      changed();
    },
    pageAccount(row) {
      state.pageAccountRows.push(row);
      changed();
    },
    remembered() {
      const isFirst = !saved;
      saved = true;
      state.remembered = true;
      // After a lost worker it is written at once: were this one lost too, it was not for nothing.
      if (isFirst && claim.job.lost > 0) writing = writing.then(write);
      if (isFirst) onRemembered();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await writing;
      return takePart(state);
    },
  };
}

function overall(states: DocumentProgress['stages']): number {
  const parts = stages.map((stage) => weights[stage] * (states[stage].progress / 100));
  return Math.floor(parts.reduce((sum, part) => sum + part, 0));
}

function takePart(
  state: DocumentProgress & { pageRows: PageRow[]; pageAccountRows: PageAccountRow[] },
): DocumentProgress {
  const part = { ...state, stages: structuredClone(state.stages) };
  state.pageRows = [];
  state.pageAccountRows = [];
  state.remembered = false;
  return part;
}

/** The rows of a write that failed come before those that came since, which may be about the same pages. */
function putBack(
  state: { pageRows: PageRow[]; pageAccountRows: PageAccountRow[]; remembered: boolean },
  part: DocumentProgress,
) {
  state.pageRows = [...part.pageRows, ...state.pageRows];
  state.pageAccountRows = [...part.pageAccountRows, ...state.pageAccountRows];
  state.remembered ||= part.remembered;
}
