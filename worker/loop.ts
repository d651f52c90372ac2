import type { Context } from '#lib/context.ts';
import { retryWhileDatabaseIsDown } from '#lib/db/retry.ts';
import { claimDocument, countLost } from '#lib/documents/claim.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import { failDeadJob, failJob } from '#lib/documents/settle.ts';
import { ClaimLost, type DocumentJob } from '#lib/queue/documents.ts';
import { priorityName } from '#lib/core/fields/choices.ts';
import { mayPass } from './document/retry-write.ts';
import { openTurns } from './turn-queue.ts';
import { processDocument } from './process-document.ts';
import type { WorkerServices } from './document/document-work.ts';
import { Stopped } from './interruptions.ts';

/** The floor under NOTIFY: a job whose notice was missed is found by then. */
const pollMs = 1000;
const touchMs = 3000;
/** A heartbeat was missed: the process may have been stopped, and its claims be another's. */
const missedMs = 1.5 * touchMs;

interface Active {
  job: DocumentJob;
  claim: Claim | null;
  claimed: Promise<Claim | null>;
  stop: AbortController;
  ended: Promise<void>;
}

/** Keeps the slots of a worker full. */
export interface Loop {
  /** Documents in progress. */
  active(): Claim[];
  /** There may be something to claim. */
  wake(): void;
  /**
   * Makes sure that the claims are still this worker's, when they may not be: a process that was stopped for a while finds
   * out before it does anything more. Breaks off what is lost.
   */
  confirm(): Promise<void>;
  /** Breaks off what runs for a session. */
  stopSession(sessionId: string): void;
  /** What runs for a session has another priority (0–2) from now on. */
  setPriority(sessionId: string, priority: number): Promise<void>;
  /** Claims no more, lets what runs go on for `graceMs`, then hands it back. */
  drain(graceMs: number): Promise<void>;
}

export function startLoop(context: Context, services: WorkerServices): Loop {
  const { queue, env, log } = context;
  const slots = env.WORKER_DOCUMENTS;
  const active = new Map<string, Active>();
  const suspects = openTurns();
  let draining = false;
  let filling: Promise<void> | null = null;
  let again = false;

  /**
   * A document whose worker was lost waits until others like it get on or end: when one of them takes this worker down
   * too, only that one is blamed.
   */
  const processInTurn = async (claim: Claim, stop: AbortController) => {
    if (claim.job.lost === 0) return processDocument(context, services, claim, stop, () => {});
    const end = await suspects.take(stop.signal);
    try {
      if (stop.signal.aborted || (await retryWhileDatabaseIsDown(() => countLost(context, claim)))) {
        await processDocument(context, services, claim, stop, end);
      }
    } finally {
      end();
    }
  };

  /**
   * While the database is away nothing is settled: the heartbeat lapses and the job is claimed again. A fault of ours would
   * bring it back for ever, so its document fails.
   */
  const endBroken = async ({ job, claim }: Active, error: unknown) => {
    const what = claim ? 'work on a document was interrupted' : 'a job could not be claimed';
    log.error({ err: error, job: job.id, document: job.documentId }, what);
    if (mayPass(error) || error instanceof ClaimLost) return;
    await failJob(context, job).catch((err: unknown) => log.error({ err, job: job.id }, 'a job could not be failed'));
  };

  const run = (job: DocumentJob) => {
    const stop = new AbortController();
    // A claim that breaks off because the database is away is no lost worker.
    const claimed = retryWhileDatabaseIsDown(() => claimDocument(context, job));
    const entry: Active = { job, claim: null, claimed, stop, ended: Promise.resolve() };
    active.set(job.id, entry);
    entry.ended = (async () => {
      try {
        entry.claim = await claimed;
        if (entry.claim) await processInTurn(entry.claim, stop);
      } catch (error) {
        await endBroken(entry, error);
      } finally {
        active.delete(job.id);
        wake();
      }
    })();
  };

  /** Where there are two slots or more, one is kept free for high priority. */
  const claimable = () => {
    const free = slots - active.size;
    const common = [...active.values()].filter(({ claim }) => claim?.priority !== 0).length;
    return { free, forAll: slots < 2 ? free : Math.min(free, Math.max(0, slots - 1 - common)) };
  };

  const fill = async () => {
    while (!draining) {
      const { free, forAll } = claimable();
      if (free <= 0) return;
      const jobs = forAll > 0 ? await queue.claim(forAll) : [];
      jobs.forEach(run);
      // Fewer than there was room for: none is left, urgent or not.
      if (jobs.length < forAll || free === jobs.length) return;
      const urgent = await queue.claim(free - jobs.length, { urgentOnly: true });
      urgent.forEach(run);
      if (urgent.length === 0) return;
    }
  };

  const wake = () => {
    if (draining) return;
    again = true;
    filling ??= (async () => {
      while (again && !draining) {
        again = false;
        // The database may be away for a while; the next poll tries again.
        await fill().catch((error: unknown) => log.warn({ err: error }, 'the queue could not be read'));
      }
      filling = null;
    })();
  };

  // By the machine's clock, which keeps running while this process is stopped.
  let confirmedAt = Date.now();
  let confirming: Promise<void> | null = null;
  const untouched = (error: unknown) => log.warn({ err: error }, 'heartbeats could not be written');

  const touch = async () => {
    const entries = [...active.values()];
    const askedAt = Date.now();
    const alive = await queue.touch(entries.map(({ job }) => job));
    for (const entry of entries) {
      if (!alive.has(entry.job.id) && active.has(entry.job.id)) entry.stop.abort(new Stopped('lost'));
    }
    confirmedAt = askedAt;
    for (const job of await queue.claimDead(10)) await failDeadJob(context, job);
  };

  const poll = setInterval(wake, pollMs);
  const beat = setInterval(() => void touch().catch(untouched), touchMs);
  wake();

  return {
    active: () => [...active.values()].flatMap(({ claim }) => claim ?? []),
    wake,
    async confirm() {
      if (Date.now() - confirmedAt < missedMs) return;
      // The first connection may have been cut meanwhile: not to know is not to be sure.
      confirming ??= retryWhileDatabaseIsDown(touch)
        .catch(untouched)
        .finally(() => {
          confirming = null;
        });
      await confirming;
    },
    stopSession(sessionId) {
      for (const { claim, stop } of active.values()) {
        if (claim?.sessionId === sessionId) stop.abort(new Stopped('cancelled'));
      }
    },
    async setPriority(sessionId, priority) {
      for (const { claimed } of active.values()) {
        // One that is being claimed just now may have read the priority before the change.
        const claim = await claimed.catch(() => null);
        if (claim?.sessionId !== sessionId) continue;
        claim.priority = priority;
        services.engines.lane.move(claim.documentId, priorityName(priority));
      }
      wake();
    },
    async drain(graceMs) {
      draining = true;
      clearInterval(poll);
      await filling;
      const timer = setTimeout(() => {
        for (const { stop } of active.values()) stop.abort(new Stopped('drain'));
      }, graceMs);
      await Promise.allSettled([...active.values()].map(({ ended }) => ended));
      clearTimeout(timer);
      clearInterval(beat);
    },
  };
}
