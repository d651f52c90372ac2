import type { Cache } from '#lib/cache.ts';
import type { Claim } from '#lib/documents/claim.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { History } from '#lib/core/values/past-edits.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { References } from '#lib/schemas/knowledge/references.ts';
import type { Logger } from '#lib/log.ts';
import type { Storage } from '#lib/storage/storage.ts';
import type { Compute, TaskInput, TaskName, TaskOutput } from './compute/compute.ts';
import type { Engine } from './engines/engine.ts';
import type { Engines } from './engines/open.ts';
import type { Definitions } from './definitions.ts';
import type { Readers } from './readers/readers.ts';
import type { PagePictures } from './tasks/page-images.ts';
import type { Secrets } from './secrets.ts';
import type { Reporter } from './report.ts';

/** What a worker works with; the same for all its documents. */
export interface Tools {
  cache: Cache;
  storage: Storage;
  readers: Readers;
  engines: Engines;
  /** Where text of documents is worked on. */
  compute: Compute;
  /** The definition of a claim, parsed. */
  definitions: Definitions;
  /** Where originals are put while they are read. */
  workDir: string;
  maxPages: number;
  secrets: Secrets;
  log: Logger;
}

/** One document under way. */
export interface Work {
  claim: Claim;
  type: FileType;
  /** Of a protected file, when a person gave it. */
  password: string | undefined;
  definition: Definition;
  engine: Engine;
  /** Whether the built-in engine reads each page too, beside the model. */
  hasSecondOpinion: boolean;
  /** The schema's reference documents; null for an engine that reads none. */
  references: References | null;
  /** What pages look like; null where the schema does not ask for it. */
  pictures: PagePictures | null;
  /** What people did to the values of this schema before. */
  history: History;
  tools: Tools;
  report: Reporter;
  /** Aborts with a `Stopped` that says why. */
  signal: AbortSignal;
  log: Logger;
}

/** Runs a step of a document on the compute threads. */
export function runStep<Name extends TaskName>(
  { tools, claim, signal }: Pick<Work, 'tools' | 'claim' | 'signal'>,
  task: Name,
  input: TaskInput<Name>,
  limitMs: number,
): Promise<TaskOutput<Name>> {
  return tools.compute.run(task, input, { key: claim.documentId, limitMs, signal });
}

/** Why work on a document was broken off from outside. */
export class Stopped extends Error {
  override name = 'Stopped';
  readonly why: 'cancelled' | 'lost' | 'drain';

  constructor(why: 'cancelled' | 'lost' | 'drain') {
    super(`stopped: ${why}`);
    this.why = why;
  }
}

/** The document cannot go on for now; it goes back to the queue and holds no slot. */
export class Waiting extends Error {
  override name = 'Waiting';
  readonly reason: string;
  readonly until: Date;

  constructor(reason: string, until: Date, options?: ErrorOptions) {
    super(`waiting until ${until.toISOString()}: ${reason}`, options);
    this.reason = reason;
    this.until = until;
  }
}
