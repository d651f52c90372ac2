import type { Context } from '#lib/context.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import { isDatabaseDown } from '#lib/db/unavailable.ts';
import { DocumentError, failureOf } from '#lib/core/failures.ts';
import { isFileType } from '#lib/core/file-types.ts';
import { ClaimLost } from '#lib/queue/documents.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { runPipeline } from './pipeline.ts';
import { openReporter } from './document/report.ts';
import { type Outcome, settle } from './settle.ts';
import { carryInThreads } from './stages/carry.ts';
import type { WorkerServices } from './document/document-work.ts';
import { Stopped, Waiting } from './interruptions.ts';

const storageWaitMs = 15_000;

/** Runs the pipeline on a claimed document and maps its outcome to rows and queue. Never throws. */
export async function processDocument(
  context: Context,
  services: WorkerServices,
  claim: Claim,
  stop: AbortController,
  onRemembered: () => void,
): Promise<void> {
  const log = services.log.child({ document: claim.documentId, attempt: claim.attempt });
  const started = performance.now();
  const breakOff = (error: unknown) => stop.abort(error instanceof ClaimLost ? new Stopped('lost') : error);
  const report = openReporter(context, claim, log, breakOff, onRemembered);
  const outcome = await perform().catch((error: unknown) => outcomeOf(error, stop.signal));
  if (outcome.kind === 'fail') report.fail();
  const progress = await report.close();
  // The session's cost is added up when its last document ends.
  await services.engines.spending.written(claim.documentId);
  const ms = Math.round(performance.now() - started);
  if (outcome.kind === 'fail') log.warn({ ms, reason: outcome.failure.reason, err: outcome.cause }, 'document failed');
  else log.info({ ms, outcome: outcome.kind }, 'document ended');
  // A document that is seen to wait must find no worker that does not know why.
  if (outcome.kind === 'later') await services.engines.pausesShared();
  await settle(context, claim, progress, outcome, log);

  async function perform(): Promise<Outcome> {
    const { type } = claim;
    if (!isFileType(type)) throw new DocumentError('unsupported_file');
    const password = claim.sealedPassword ? services.secrets.unseal(claim.sealedPassword) : undefined;
    const result = await runPipeline({ claim, type, password, services, report, signal: stop.signal, log });
    // Pages that the database says were read must be there after a power cut too.
    await services.storage.flush();
    return { kind: 'done', result, carry: carryInThreads(services.compute, claim.documentId) };
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof Stopped) return cause.why === 'drain' ? { kind: 'later', waiting: null } : { kind: 'gone' };
  if (cause instanceof ClaimLost) return { kind: 'gone' };
  if (cause instanceof Waiting) {
    return { kind: 'later', waiting: { reason: cause.reason, until: cause.until.toISOString() } };
  }
  // The outcome is written as soon as it is back.
  if (isDatabaseDown(cause)) return { kind: 'later', waiting: null };
  if (cause instanceof StorageUnavailable) {
    const until = new Date(Date.now() + storageWaitMs).toISOString();
    return { kind: 'later', waiting: { reason: 'The file storage cannot be reached', until } };
  }
  return { kind: 'fail', failure: failureOf(cause), cause };
}
