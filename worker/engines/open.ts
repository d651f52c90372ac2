import type { Context } from '#lib/context.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { EngineName } from '#lib/core/schema/definition.ts';
import { priorityName } from '#lib/core/fields/choices.ts';
import { getSettings } from '#lib/usage/get-settings.ts';
import { currentPause, sharePause } from '#lib/usage/pause.ts';
import type { Compute } from '../compute/compute.ts';
import { builtinEngine } from './builtin-engine.ts';
import type { Engine } from './engine.ts';
import { type Spending, openSpending } from './spending.ts';
import { type Clock, systemClock } from '../lane/clock.ts';
import { openAnswerCounts } from './model/answers.ts';
import { modelEngine } from './model/engine.ts';
import { type Lane, openLane } from '../lane/lane.ts';
import { answerParser } from './model/parse.ts';

export interface Engines {
  /** The engine for one claimed document. */
  of(name: EngineName, claim: Claim): Engine;
  /** The line of model calls of this worker. */
  lane: Lane;
  spending: Spending;
  /** Resolves when the other workers are told of all pauses that this one's calls brought about. */
  pausesShared(): Promise<void>;
  /** Prices are other ones now. */
  reloadSettings(): Promise<void>;
}

/**
 * Opens the engines of this worker: both, and the one lane that all its model calls go through. `beforeCall` comes before
 * each of them, and may break off what asked for it.
 */
export async function openEngines(
  { db, env, log }: Pick<Context, 'db' | 'env' | 'log'>,
  compute: Compute,
  beforeCall: () => Promise<void>,
  clock: Clock = systemClock,
): Promise<Engines> {
  let sharing: Promise<unknown> = Promise.resolve();
  const lane = openLane({
    clock,
    beforeCall,
    concurrency: env.MODEL_CONCURRENCY,
    onPause(until, reason) {
      const shared = sharePause(db, { until, reason }).catch((error: unknown) =>
        log.warn({ err: error }, 'the pause could not be shared'),
      );
      sharing = Promise.all([sharing, shared]);
    },
  });
  const pause = await currentPause(db);
  if (pause) lane.pause(pause.until, pause.reason);
  let { prices } = await getSettings({ db });
  const servers = { answers: openAnswerCounts(), dialects: new Map() };
  const spending = openSpending({ db, log });
  return {
    lane,
    spending,
    async pausesShared() {
      await sharing;
    },
    async reloadSettings() {
      ({ prices } = await getSettings({ db }));
    },
    of: (name, claim) => (name === 'builtin' ? builtinEngine(compute, claim.documentId) : modelFor(claim)),
  };

  function modelFor(claim: Claim): Engine {
    const { documentId, model } = claim;
    const name = model ?? env.MODEL ?? '';
    return modelEngine({
      env: {
        apiKey: env.OPENAI_API_KEY,
        baseURL: env.OPENAI_BASE_URL,
        model: name,
        api: env.modelApi,
        timeoutS: env.MODEL_TIMEOUT_S,
      },
      lane,
      servers,
      parse: answerParser(compute, documentId),
      place: {
        key: documentId,
        // Looked up for each page: it may change while the document is worked on.
        get priority() {
          return priorityName(claim.priority);
        },
      },
      prices,
      record: (call) => spending.record(claim, call),
      reserve: spending.reserveFor(claim, name),
    });
  }
}
