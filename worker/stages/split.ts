import pMap from 'p-map';
import { z } from 'zod';
import { hashKey } from '#lib/cache.ts';
import { moveParts, movesVersion, type MovedSplit } from '#lib/core/splitting/moved.ts';
import { unevaluatedPattern } from '#lib/core/splitting/target.ts';
import { type PageEvidence, type SplitResult, splitVersion, sureBoundary } from '#lib/core/splitting/types.ts';
import { artifactKey } from '#lib/artifact-keys.ts';
import { DocumentError, type Failure } from '#lib/core/failures.ts';
import { documentLimitMs, pageLimitMs } from '../compute/limits.ts';
import type { Packed } from '../steps/packed.ts';
import { runStep } from '../document/document-work.ts';
import type { PlannedWork } from './plan.ts';
import { checkAccountCount } from './account-limit.ts';
import { needsEvidence } from '../steps/evidence.ts';
import type { ReadDocument } from './read.ts';

/** Pages looked at at a time; what is kept of each is small. */
const pageConcurrency = 8;

const region = z.object({ from: z.number(), to: z.number() }).nullable();
const resultSchema: z.ZodType<SplitResult> = z.object({
  accounts: z.array(
    z.object({
      accountNumber: z.string().nullable(),
      pages: z.array(z.object({ pageNum: z.number(), region })),
    }),
  ),
  contextPages: z.array(z.number()),
  boundaries: z.array(
    z.object({
      pageNum: z.number(),
      accountIndex: z.number(),
      reasons: z.object({ for: z.array(z.string()), against: z.array(z.string()) }),
      certainty: z.number(),
    }),
  ),
  notice: z.string().nullable(),
});

/** How a document is split, and the name under which that is remembered. */
export interface Split extends MovedSplit {
  hash: string;
  /** Pages that could not be looked at, with the reason. */
  failed: ReadonlyMap<number, Failure>;
}

/**
 * `account_splitting`: which pages belong to which account, by the evidence of all pages. Without a `split` in the
 * schema one account is the whole document; when it looks like several records, the result says so.
 */
export async function splitAccounts(work: PlannedWork, document: ReadDocument): Promise<Split> {
  const { claim, plan, report, services, log } = work;
  const { definition } = plan;
  report.begin('account_splitting');
  const started = performance.now();
  const asked = JSON.stringify([definition.name, definition.split, definition.fields]);
  const hash = hashKey(document.contentKey, splitVersion, asked);
  const key = artifactKey('account_cache', claim, hash, 'accounts.json');
  const failed = new Map<number, Failure>();
  const known = await services.cache.find(key, resultSchema);
  const decided = known ?? (await splitDocument(work, document, failed));
  // Without the evidence of a page it may be decided differently another time.
  const mayKeep = known === null && failed.size === 0;
  const kept = mayKeep ? await services.cache.keep(key, resultSchema, decided) : decided;
  const split = moveParts(kept, claim.movedPages);
  const { accounts, boundaries } = split;
  checkAccountCount(accounts.length);
  const notice = split.notice ?? unevaluatedPattern(definition);
  const ms = Math.round(performance.now() - started);
  // No numbers of accounts: they are text of the document.
  const unsure = boundaries.filter(({ certainty }) => certainty < sureBoundary).length;
  const facts = {
    accounts: accounts.length,
    boundaries: boundaries.length,
    unsure,
    severalRecords: split.notice !== null,
    failed: failed.size,
  };
  log.info({ stage: 'account_splitting', ms, cached: known !== null, ...facts }, 'accounts split');
  report.finish('account_splitting');
  // What follows depends on the moves; what the evidence says does not.
  const isMoved = claim.movedPages.length > 0;
  return {
    ...split,
    notice,
    failed,
    hash: isMoved ? hashKey(hash, movesVersion, JSON.stringify(claim.movedPages)) : hash,
  };
}

async function splitDocument(
  work: PlannedWork,
  document: ReadDocument,
  failed: Map<number, Failure>,
): Promise<SplitResult> {
  const { definition } = work.plan;
  const numbers = Array.from({ length: document.pageCount }, (_, pageNum) => pageNum);
  const evidence = needsEvidence(definition) ? await gather(work, document, numbers, failed) : numbers.map(() => null);
  return runStep(work, 'decideSplit', { definition, evidence }, documentLimitMs(numbers.length));
}

/** The evidence of every page, in order; null of one that takes too long. */
async function gather(
  work: PlannedWork,
  document: ReadDocument,
  numbers: readonly number[],
  failed: Map<number, Failure>,
): Promise<(Packed<PageEvidence> | null)[]> {
  const { definition } = work.plan;
  let done = 0;
  return pMap(
    numbers,
    async (pageNum) => {
      work.signal.throwIfAborted();
      const page = await document.page(pageNum);
      const evidence = await runStep(work, 'findEvidence', { definition, page }, pageLimitMs).catch(
        (error: unknown) => {
          if (!(error instanceof DocumentError)) throw error;
          failed.set(pageNum, error.failure);
          return null;
        },
      );
      done += 1;
      work.report.advance((100 * done) / numbers.length);
      return evidence;
    },
    { concurrency: pageConcurrency },
  );
}
