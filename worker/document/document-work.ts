import type { Cache } from '#lib/cache.ts';
import type { Actor } from '#lib/core/actor.ts';
import type { Database } from '#lib/db/client.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { Logger } from '#lib/log.ts';
import type { Queue } from '#lib/queue/open.ts';
import type { Storage } from '#lib/storage/storage.ts';
import type { Compute, TaskInput, TaskName, TaskOutput } from '../compute/compute.ts';
import type { Engines } from '../engines/open.ts';
import type { Definitions } from './definitions.ts';
import type { Readers } from '../readers/readers.ts';
import type { Secrets } from './secrets.ts';
import type { Reporter } from './report.ts';

/** What a worker works with; the same for all its documents. */
export interface WorkerServices {
  db: Database;
  cache: Cache;
  storage: Storage;
  queue: Queue;
  /** Who does what the worker does. */
  actor: Actor;
  readers: Readers;
  engines: Engines;
  /** Where text of documents is worked on. */
  compute: Compute;
  /** The definition of a claim, parsed. */
  definitions: Definitions;
  /** Where originals are put while they are read. */
  workDir: string;
  maxPages: number;
  /** Of a file that another holds. */
  maxFileBytes: number;
  secrets: Secrets;
  log: Logger;
}

/** One document in progress: all that is known before it is read. What is decided after reading is a `Plan`. */
export interface DocumentWork {
  claim: Claim;
  type: FileType;
  /** Of a protected file, when a person gave it. */
  password: string | undefined;
  services: WorkerServices;
  report: Reporter;
  /** Aborts with a `Stopped` that says why. */
  signal: AbortSignal;
  log: Logger;
}

/** Runs a step of a document on the compute threads. */
export function runStep<Name extends TaskName>(
  { services, claim, signal }: Pick<DocumentWork, 'services' | 'claim' | 'signal'>,
  task: Name,
  input: TaskInput<Name>,
  limitMs: number,
): Promise<TaskOutput<Name>> {
  return services.compute.run(task, input, { key: claim.documentId, limitMs, signal });
}
