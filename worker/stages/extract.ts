import pMap from 'p-map';
import { z } from 'zod';
import { hashKey } from '#lib/cache.ts';
import type { Shortfall } from '#lib/core/values/completeness.ts';
import { showsInvoice } from '#lib/core/values/electronic-invoice.ts';
import { isAllTerms } from '#lib/core/values/invoice-terms.ts';
import type { InvoiceClaim } from '#lib/core/values/invoice-claims.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { type Failure, failureOf, DocumentError } from '#lib/core/failures.ts';
import { artifactKey } from '#lib/artifact-keys.ts';
import { pageLimitMs } from '../compute/limits.ts';
import { pack, type Packed } from '../steps/packed.ts';
import type { EngineResult, PageCost } from '../engines/engine.ts';
import { runStep } from '../document/document-work.ts';
import { findExamples } from '../learning/examples.ts';
import type { PageRecall } from '../learning/recall-pages.ts';
import { Waiting } from '../interruptions.ts';
import type { PlannedWork } from './plan.ts';
import type { PageMap, PageOfAccount } from './map.ts';
import type { ReadDocument } from './read.ts';
import { partOfPage, textBefore } from './preceding-text.ts';
import { joinSharedPages } from './shared-pages.ts';

/** Pages held in memory at a time; how many model calls run is the lane's business. */
const pageConcurrency = 64;
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const path = z.array(z.union([z.string(), z.number()]));
const resultSchema: z.ZodType<EngineResult> = z.object({
  reading: z.object({
    leaves: z.array(
      z.object({
        path,
        value: scalar,
        quote: z.string().nullable(),
        words: z.array(z.number()).optional(),
        fit: z.object({ score: z.number(), reason: z.string(), isLabelled: z.boolean() }).optional(),
        certainty: z.number().optional(),
      }),
    ),
    rowsSeen: z.array(z.object({ path, rows: z.number() })),
  }),
  cost: z.object({
    model: z.string().nullable(),
    tokensIn: z.number(),
    tokensCached: z.number(),
    tokensOut: z.number(),
    costUsd: z.number(),
  }),
});

const nothingRead = { leaves: pack<Value[]>([]), shortfalls: [], isEmbedded: false, claims: [] };
const noResult: EngineResult = {
  reading: { leaves: [], rowsSeen: [] },
  cost: { model: null, tokensIn: 0, tokensCached: 0, tokensOut: 0, costUsd: 0 },
};

/** What one page gave for one account, or why it gave nothing. */
export type PageOutcome = PageOfAccount & {
  leaves: Packed<Value[]>;
  /** Lists of which the page shows more rows than were read. */
  shortfalls: Shortfall[];
  failure: Failure | null;
  /** No word stands on it. */
  isBlank: boolean;
  /** It shows a file inside the document. */
  isEmbedded: boolean;
  /** What an electronic invoice on it says that the document's own pages should show. */
  claims: InvoiceClaim[];
};

/**
 * `llm_extraction`: every page × account through the engine, in parallel; each result is remembered.
 * One bad page costs that page.
 * @throws Waiting when pages must wait longer than a slot may be held; what was read meanwhile is remembered
 * @throws DocumentError when no page gave a result
 */
export async function extractPages(given: PlannedWork, document: ReadDocument, map: PageMap): Promise<PageOutcome[]> {
  // What breaks the document off must not leave its other pages asking the model for nothing.
  const broken = new AbortController();
  const signal = AbortSignal.any([given.signal, broken.signal]);
  const work = { ...given, report: joinSharedPages(given.report), signal };
  work.report.begin('llm_extraction');
  let done = 0;
  const waits: Waiting[] = [];
  for (const pageNum of map.contextPages) await skipPage(work, document, pageNum);
  const outcomes = await pMap(
    map.tasks,
    async (task) => {
      work.signal.throwIfAborted();
      const outcome = await extractPage(work, document, map, task).catch((error: unknown) => {
        if (error instanceof Waiting) {
          waits.push(error);
          return null;
        }
        broken.abort(error);
        throw error;
      });
      done += 1;
      work.report.advance((100 * done) / map.tasks.length);
      return outcome;
    },
    { concurrency: pageConcurrency },
  );
  const [wait] = waits.toSorted((a, b) => a.until.getTime() - b.until.getTime());
  if (wait) throw wait;
  const ended = outcomes.filter((outcome) => outcome !== null);
  const firstFailure = ended.find((outcome) => outcome.failure)?.failure;
  if (firstFailure && ended.every((outcome) => outcome.failure)) {
    throw new DocumentError(firstFailure.reason, firstFailure.message);
  }
  if (ended.every((outcome) => outcome.isBlank || outcome.failure)) throw new DocumentError('no_text_found');
  work.report.finish('llm_extraction');
  return ended;
}

async function extractPage(
  work: PlannedWork,
  document: ReadDocument,
  map: PageMap,
  task: PageOfAccount,
): Promise<PageOutcome> {
  const unread = document.unread.get(task.pageNum);
  if (unread) return failPage(work, task, unread, 0);
  const { report, signal } = work;
  const started = performance.now();
  const whole = await document.page(task.pageNum);
  const row = { pageNum: task.pageNum, source: whole.source, title: whole.title, engine: work.plan.engine.name };
  const { accountIndex } = task.account;
  try {
    const page = await partOfPage(work, whole, task.region);
    if (page.words.length === 0) {
      report.page({ ...row, status: 'skipped', finishedAt: new Date() });
      report.pageAccount({ pageNum: task.pageNum, accountIndex, data: {}, extractedAt: new Date() });
      return { ...task, ...nothingRead, failure: null, isBlank: true };
    }
    // Of a part of a page no layout is known.
    const memory = task.region === null ? ((await work.plan.memory?.recall(page)) ?? null) : null;
    const { value, cached } = await readPage(work, document, map, task, page, memory);
    const { definition, engine } = work.plan;
    const { accountNumber } = task.account;
    const judged = {
      definition,
      page,
      accountNumber,
      reading: value.reading,
      hasSecondOpinion: engine.needs.secondOpinion,
      recalled: memory?.recalled ?? null,
    };
    const { leaves, record, shortfalls, claims } = await runStep(work, 'judgePage', judged, pageLimitMs);
    const ms = Math.round(performance.now() - started);
    report.page({
      ...row,
      status: 'completed',
      cached,
      ms,
      finishedAt: new Date(),
      ...ledgerOf(value.cost),
      failureReason: null,
      failureMessage: null,
    });
    if (!cached) report.remembered();
    logPage(work, task, { ms, cached, ...value.cost });
    report.pageAccount({ pageNum: task.pageNum, accountIndex, data: record, extractedAt: new Date() });
    return { ...task, leaves, shortfalls, claims, failure: null, isBlank: false, isEmbedded: page.isEmbedded === true };
  } catch (error) {
    if (!(error instanceof DocumentError) || signal.aborted) throw error;
    return failPage(work, task, failureOf(error), Math.round(performance.now() - started));
  }
}

/** Writes down why a page gave nothing; the others go on. */
function failPage(work: PlannedWork, task: PageOfAccount, failure: Failure, ms: number): PageOutcome {
  work.report.page({
    pageNum: task.pageNum,
    engine: work.plan.engine.name,
    model: work.claim.model,
    status: 'failed',
    ms,
    finishedAt: new Date(),
    failureReason: failure.reason,
    failureMessage: failure.message,
  });
  logPage(work, task, { ms, failure: failure.reason });
  return { ...task, ...nothingRead, failure, isBlank: false };
}

/** A page that belongs to no account is in the ledger too. */
async function skipPage(work: PlannedWork, document: ReadDocument, pageNum: number): Promise<void> {
  const { report, plan } = work;
  const about = { pageNum, engine: plan.engine.name, finishedAt: new Date() };
  const unread = document.unread.get(pageNum);
  if (unread)
    return report.page({ ...about, status: 'failed', failureReason: unread.reason, failureMessage: unread.message });
  const { source, title } = await document.page(pageNum);
  report.page({ ...about, status: 'skipped', source, title });
}

async function readPage(
  work: PlannedWork,
  document: ReadDocument,
  map: PageMap,
  task: PageOfAccount,
  page: Page,
  memory: PageRecall | null,
) {
  const { definition, engine, references, pageImages } = work.plan;
  // The business terms of an electronic invoice say it all.
  if (showsInvoice(page) && isAllTerms(definition.fields)) return { value: noResult, cached: true };
  const png = await pageImages?.of(page);
  const pageTask = {
    definition,
    page,
    ...(references && { references: { whole: references.whole, passages: await references.passagesFor(page.text) } }),
    ...(png && { picture: { png, coversWholePage: task.region === null } }),
    accountNumber: task.account.accountNumber,
    ...(memory && { recalled: memory.recalled }),
    ...(memory && engine.needs.examples && definition.hasExamples
      ? { examples: await findExamples(work, memory.lessonIds) }
      : {}),
    previousTail: await textBefore(work, document, map, task),
  };
  const also = task.region ? [JSON.stringify(task.region)] : [];
  const generation = work.claim.pageGenerations[task.pageNum];
  if (generation) also.push(`again ${generation}`);
  const hash = hashKey(engine.name, document.readerKey, engine.fingerprint(pageTask), ...also);
  const key = artifactKey('page_data', work.claim, hash, `page_${task.pageNum}.json`);
  return work.services.cache.remember(key, resultSchema, () => engine.read(pageTask, work.signal));
}

function ledgerOf(cost: PageCost) {
  const { model, tokensIn, tokensCached, tokensOut, costUsd } = cost;
  return { model, tokensIn, tokensCached, tokensOut, costUsd };
}

function logPage(work: PlannedWork, task: PageOfAccount, facts: Record<string, unknown>): void {
  work.log.info(
    { stage: 'llm_extraction', page: task.pageNum, engine: work.plan.engine.name, ...facts },
    'page extracted',
  );
}
