import type { Context } from '#lib/context.ts';
import { retryWhileDatabaseIsDown } from '#lib/db/retry.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import { newId } from '#lib/id.ts';
import { BudgetSpent, recordUsage, reserve } from '#lib/usage/budget.ts';
import { Waiting } from '../interruptions.ts';
import type { Reserve } from './model/ask.ts';
import type { UsageRow } from './model/usage.ts';

/** Writes down what calls cost, and sets money aside for them. */
export interface Spending {
  record(claim: Claim, call: UsageRow): void;
  /** For one document's calls by one model. */
  reserveFor(claim: Claim, model: string): Reserve;
  /** Resolves when all of a document's calls are written down. */
  written(documentId: string): Promise<void>;
}

export function openSpending({ db, log }: Pick<Context, 'db' | 'log'>): Spending {
  const pending = new Map<string, Promise<void>>();
  // One after the other per document: what is set aside is given back after what was spent is written.
  const write = (documentId: string, action: () => Promise<void>) => {
    const before = pending.get(documentId) ?? Promise.resolve();
    const own: Promise<void> = before
      .then(() => retryWhileDatabaseIsDown(action))
      .catch((error: unknown) => log.error({ err: error }, 'the use of the model could not be recorded'))
      .finally(() => {
        if (pending.get(documentId) === own) pending.delete(documentId);
      });
    pending.set(documentId, own);
  };
  return {
    record({ sessionId, documentId }, call) {
      const id = newId();
      write(documentId, () => recordUsage(db, { id, sessionId, documentId, ...call }));
    },
    reserveFor:
      ({ sessionId, documentId }, model) =>
      async (costUsd) => {
        try {
          const release = await reserve(db, { sessionId, documentId, model }, costUsd);
          return () => release && write(documentId, release);
        } catch (error) {
          if (error instanceof BudgetSpent) throw new Waiting(error.message, error.until, { cause: error });
          throw error;
        }
      },
    written: (documentId) => pending.get(documentId) ?? Promise.resolve(),
  };
}
