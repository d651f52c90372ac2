import type { Failure } from '#lib/core/failures.ts';

/** One call of a task, as it is sent to a thread. */
export interface TaskCall {
  task: string;
  /** The task's input, but for the definition. */
  input: object;
  definition: DefinitionRef | null;
}

/** The definition that a task works with: a thread keeps it under a number, and gets its content only once. */
export interface DefinitionRef {
  id: number;
  /** Present when the thread does not have it yet. */
  content?: object;
  /** The thread need not keep this one any longer. */
  forget?: number;
}

/** How a call ended, or (without an outcome) that the thread is ready for the first one. */
export type ThreadMessage = { cpuMs: number } & (
  | { kind: 'ready' }
  | { kind: 'value'; value: unknown }
  /** A failure that the task knows how to name. */
  | { kind: 'failure'; failure: Failure }
  /** A fault of ours. */
  | { kind: 'error'; error: unknown }
);
