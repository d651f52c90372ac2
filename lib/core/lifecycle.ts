/** Every state of a session, run, document, stage and page, and every transition between them (docs/spec.md §3). */
export const sessionStatuses = ['processing', 'in_progress', 'verified', 'failed', 'cancelled'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export const stages = ['ocr_extraction', 'account_splitting', 'page_analysis', 'llm_extraction'] as const;
export type StageName = (typeof stages)[number];

/** A document's own status; while it runs, its status is the stage that it is in. */
export const documentStatuses = ['queued', ...stages, 'completed', 'failed', 'cancelled'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

export const stageStatuses = ['pending', 'processing', 'completed', 'failed', 'skipped'] as const;
export type StageStatus = (typeof stageStatuses)[number];

export const pageStatuses = ['pending', 'processing', 'completed', 'failed', 'skipped'] as const;
export type PageStatus = (typeof pageStatuses)[number];

/** From which states each transition of a session is allowed, and where it leads. */
export const sessionTransitions = {
  /** All documents ended, at least one with a result. */
  finish: { from: ['processing'], to: 'in_progress' },
  /** All documents ended, none with a result. */
  fail: { from: ['processing'], to: 'failed' },
  cancel: { from: ['processing'], to: 'cancelled' },
  /** `in_progress` only when the session is partial. */
  retry: { from: ['failed', 'cancelled', 'in_progress'], to: 'processing' },
  reextract: { from: ['in_progress', 'failed', 'cancelled'], to: 'processing' },
  /** A person gave pages to another account: the document is done again in the same run. */
  rearrange: { from: ['in_progress'], to: 'processing' },
  verify: { from: ['in_progress'], to: 'verified' },
  reopen: { from: ['verified'], to: 'in_progress' },
} as const satisfies Record<string, { from: readonly SessionStatus[]; to: SessionStatus }>;
export type SessionTransition = keyof typeof sessionTransitions;

const running = ['queued', ...stages] as const;
const ended = ['completed', 'failed', 'cancelled'] as const;

/** From which states each transition of a document is allowed. A `stage` transition leads to the stage that it names. */
export const documentTransitions = {
  stage: { from: running },
  complete: { from: running },
  fail: { from: running },
  cancel: { from: running },
  /** Handed back to the queue: waits, drains, lost workers. */
  requeue: { from: running },
  retry: { from: ended },
} as const satisfies Record<string, { from: readonly DocumentStatus[] }>;

export const runningDocumentStatuses: readonly DocumentStatus[] = running;
export const endedDocumentStatuses: readonly DocumentStatus[] = ended;
