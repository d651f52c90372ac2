/**
 * The law of the lifecycle (docs/spec.md §3): every state of a session, document, stage and page, and every transition. Only
 * `lib/lifecycle/sessions.ts` and `lib/lifecycle/documents.ts` write a status, and they follow these tables;
 * docs/lifecycle.md is generated from them.
 */
export const sessionStatuses = ['processing', 'in_progress', 'verified', 'failed', 'cancelled'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export const stages = ['ocr_extraction', 'account_splitting', 'page_analysis', 'llm_extraction'] as const;
export type StageName = (typeof stages)[number];

/** A document's own status; while it runs, its status is the stage that it is in. */
export const documentStatuses = ['queued', ...stages, 'completed', 'failed', 'cancelled'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

export const stageStatuses = ['pending', 'processing', 'completed', 'failed', 'skipped'] as const;
export type StageStatus = (typeof stageStatuses)[number];

export type StageStates = Record<StageName, { status: StageStatus; progress: number }>;

export const pageStatuses = ['pending', 'processing', 'completed', 'failed', 'skipped'] as const;
export type PageStatus = (typeof pageStatuses)[number];

/** Events that transitions record (`lib/events.ts`). */
export const eventTypes = [
  'session.created',
  'session.completed',
  'session.failed',
  'session.cancelled',
  'session.retried',
  'session.reextracted',
  'session.rearranged',
  'session.forced',
  'session.unlocked',
  'session.verified',
  'session.reopened',
  'session.deleted',
] as const;
export type EventType = (typeof eventTypes)[number];

interface SessionRule {
  from: readonly SessionStatus[];
  to: SessionStatus;
  event: EventType;
  /** When it happens: a line of docs/lifecycle.md. */
  when: string;
}

/** From which states each transition of a session is allowed, and where it leads. */
export const sessionTransitions = {
  create: { from: [], to: 'processing', event: 'session.created', when: 'files were uploaded' },
  finish: {
    from: ['processing'],
    to: 'in_progress',
    event: 'session.completed',
    when: 'all documents ended, at least one with a result',
  },
  fail: {
    from: ['processing'],
    to: 'failed',
    event: 'session.failed',
    when: 'all documents ended, none with a result',
  },
  cancel: { from: ['processing'], to: 'cancelled', event: 'session.cancelled', when: 'a person stopped it' },
  retry: {
    from: ['failed', 'cancelled', 'in_progress'],
    to: 'processing',
    event: 'session.retried',
    when: 'what failed is done again; from `in_progress` only when the session is partial',
  },
  reextract: {
    from: ['in_progress', 'failed', 'cancelled'],
    to: 'processing',
    event: 'session.reextracted',
    when: 'a person started another run',
  },
  rearrange: {
    from: ['in_progress'],
    to: 'processing',
    event: 'session.rearranged',
    when: 'a person moved pages to another account',
  },
  force: {
    from: ['processing', 'in_progress', 'failed', 'cancelled'],
    to: 'processing',
    event: 'session.forced',
    when: 'a document was moved to the front of the queue',
  },
  give_password: {
    from: ['processing', 'in_progress', 'failed', 'cancelled'],
    to: 'processing',
    event: 'session.unlocked',
    when: 'a person gave the password of a protected document',
  },
  verify: {
    from: ['in_progress'],
    to: 'verified',
    event: 'session.verified',
    when: 'a person checked it',
  },
  reopen: { from: ['verified'], to: 'in_progress', event: 'session.reopened', when: 'a person opened it for changes' },
} as const satisfies Record<string, SessionRule>;
export type SessionTransition = keyof typeof sessionTransitions;

const running = ['queued', ...stages] as const;
const ended = ['completed', 'failed', 'cancelled'] as const;

interface DocumentRule {
  from: readonly DocumentStatus[];
  /** `stage`: the stage that the document is in. null: it keeps its state. */
  to: DocumentStatus | 'stage' | null;
  when: string;
}

/** From which states each transition of a document is allowed, and where it leads. */
export const documentTransitions = {
  create: { from: [], to: 'queued', when: 'its session was created' },
  stage: { from: running, to: 'stage', when: 'its worker reports how far it is' },
  complete: { from: running, to: 'completed', when: 'its results are saved' },
  fail: { from: running, to: 'failed', when: 'it cannot be done, or no page gave a result' },
  cancel: { from: running, to: 'cancelled', when: 'its session was cancelled' },
  requeue: { from: running, to: 'queued', when: 'its worker returns it to the queue' },
  wait: { from: running, to: null, when: 'it cannot continue for now: its job has a start time' },
  retry: { from: ended, to: 'queued', when: 'it failed, was cancelled, or has failed pages' },
  reextract: { from: ended, to: 'queued', when: 'its session has another run' },
  rearrange: { from: [...ended, 'queued'], to: 'queued', when: 'pages of it were moved to another account' },
  give_password: { from: ['failed'], to: 'queued', when: 'a person gave its password' },
  force: { from: documentStatuses, to: 'queued', when: 'it was moved to the front of the queue' },
} as const satisfies Record<string, DocumentRule>;
export type DocumentTransition = keyof typeof documentTransitions;

export const runningDocumentStatuses: readonly DocumentStatus[] = running;
export const endedDocumentStatuses: readonly DocumentStatus[] = ended;
