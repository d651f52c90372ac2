import pMap from 'p-map';
import { z } from 'zod';
import { hashKey } from '#lib/cache.ts';
import { pageEvidence, type Target } from '#lib/extraction/split/evidence.ts';
import { moveParts } from '#lib/extraction/split/moved.ts';
import { recordTarget, severalRecords } from '#lib/extraction/split/notice.ts';
import { splitByCount } from '#lib/extraction/split/pages.ts';
import { splitPages, wholeDocument } from '#lib/extraction/split/split.ts';
import { splitTarget } from '#lib/extraction/split/target.ts';
import { type PageEvidence, type SplitResult, splitVersion, sureBoundary } from '#lib/extraction/split/types.ts';
import { artifactKey } from '#lib/files/artifact-key.ts';
import type { Work } from '../work.ts';
import type { ReadDocument } from './read.ts';

/** Pages looked at at a time; what is kept of each is small. */
const pagesAtOnce = 8;

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
export interface Split extends SplitResult {
  hash: string;
}

/**
 * `account_splitting`: which pages belong to which account, by the evidence of all pages. Without a `split` in the
 * schema one account is the whole document; when it looks like several records, the result says so.
 */
export async function splitAccounts(work: Work, document: ReadDocument): Promise<Split> {
  const { claim, definition, report, tools, log } = work;
  report.begin('account_splitting');
  const started = performance.now();
  const asked = JSON.stringify([definition.name, definition.split, definition.fields]);
  const hash = hashKey(document.contentKey, splitVersion, asked);
  const key = artifactKey('account_cache', claim, hash, 'accounts.json');
  const { value, cached } = await tools.cache.remember(key, resultSchema, () => splitDocument(work, document));
  const split = moveParts(value, claim.movedPages);
  const { accounts, boundaries, notice } = split;
  const ms = Math.round(performance.now() - started);
  // No numbers of accounts: they are text of the document.
  const unsure = boundaries.filter(({ certainty }) => certainty < sureBoundary).length;
  const facts = { accounts: accounts.length, boundaries: boundaries.length, unsure, severalRecords: notice !== null };
  log.info({ stage: 'account_splitting', ms, cached, ...facts }, 'accounts split');
  report.finish('account_splitting');
  // What follows depends on the moves; what the evidence says does not.
  const isMoved = claim.movedPages.length > 0;
  return { ...split, hash: isMoved ? hashKey(hash, JSON.stringify(claim.movedPages)) : hash };
}

async function splitDocument(work: Work, document: ReadDocument): Promise<SplitResult> {
  const { definition } = work;
  const target = splitTarget(definition);
  const size = definition.split?.pages ?? null;
  const numbers = Array.from({ length: document.pageCount }, (_, pageNum) => pageNum);
  if (size !== null) {
    return splitByCount(
      target ? await gather(work, document, target) : numbers.map((pageNum) => ({ pageNum, hits: [] })),
      size,
    );
  }
  if (target) return splitPages(await gather(work, document, target));
  const records = recordTarget(definition);
  const notice = records ? severalRecords(await gather(work, document, records), definition.name) : null;
  return { ...wholeDocument(numbers, null), notice };
}

/** The evidence of every page, in order, page by page. */
async function gather(work: Work, document: ReadDocument, target: Target): Promise<PageEvidence[]> {
  const numbers = Array.from({ length: document.pageCount }, (_, pageNum) => pageNum);
  let done = 0;
  return pMap(
    numbers,
    async (pageNum) => {
      work.signal.throwIfAborted();
      const evidence = pageEvidence(await document.page(pageNum), target);
      done += 1;
      work.report.advance((100 * done) / numbers.length);
      return evidence;
    },
    { concurrency: pagesAtOnce },
  );
}
