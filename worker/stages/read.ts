import pMap from 'p-map';
import { z } from 'zod';
import { hashKey } from '#lib/cache.ts';
import { type Page, pageSchema } from '#lib/core/pages/page.ts';
import { DocumentError, type Failure } from '#lib/core/failures.ts';
import { hasPageImages, looksLikeSomething, pageImageDpi, pageImageKey } from '#lib/documents/page-image.ts';
import { manifestKey, readPageKey, artifactFolder } from '#lib/artifact-keys.ts';
import { lazyOriginal, type Original } from '../document/original.ts';
import type { DocumentWork } from '../document/document-work.ts';

/** Pages that are read by one call of a reader. */
const rangePages = 50;
/** Pages that are looked up in storage at a time. */
const lookConcurrency = 8;

/** A document whose pages are all read and remembered. */
export interface ReadDocument {
  pageCount: number;
  /** Names the reader's version and settings: part of the key of everything made from the pages. */
  readerKey: string;
  /** Like `readerKey`, and names the pages that are missing too: part of the key of what all pages together decide. */
  contentKey: string;
  /** Pages that could not be read, with the reason. They cost themselves, not the document. */
  unread: ReadonlyMap<number, Failure>;
  /** A page that could not be read is blank. */
  page(pageNum: number): Promise<Page>;
}

const manifestSchema = z.object({ pages: z.number().int().positive() });

/** `ocr_extraction`: every page as words with boxes, each remembered as soon as it is read. */
export async function readDocument(work: DocumentWork): Promise<ReadDocument> {
  const { claim, services, report, log } = work;
  report.begin('ocr_extraction');
  const started = performance.now();
  const version = services.readers.versionOf(work.type);
  const readerKey = artifactFolder(
    claim,
    hashKey(version, ...(claim.generation > 0 ? [String(claim.generation)] : [])),
  );
  const pageKey = (pageNum: number) => readPageKey(claim.sha256, readerKey, pageNum);

  const file = lazyOriginal(services, claim.sha256, work.type, work.password);
  try {
    const manifest = await services.cache.remember(manifestKey(claim.sha256, readerKey), manifestSchema, async () => ({
      pages: await services.readers.countPages(await file.open(), work.signal),
    }));
    if (!manifest.cached) report.remembered();
    const pageCount = manifest.value.pages;
    if (pageCount > services.maxPages) {
      throw new DocumentError(
        'too_many_pages',
        `The file has ${pageCount} pages, ${services.maxPages} are allowed. Split it and upload the parts.`,
      );
    }
    report.pages(pageCount, readerKey);
    const unread = new Map<number, Failure>();
    let read = 0;
    for (let from = 0; from < pageCount; from += rangePages) {
      const to = Math.min(from + rangePages, pageCount);
      const missing = await missingPages(work, pageKey, from, to);
      report.advance((100 * (to - missing.length)) / pageCount);
      for (const range of runsOf(missing)) {
        const failed = await readRange(work, file, range, async (page) => {
          await services.cache.keep(pageKey(page.pageNum), pageSchema, page);
          report.remembered();
          read += 1;
          report.advance((100 * (page.pageNum + 1)) / pageCount);
        });
        for (const [pageNum, failure] of failed) unread.set(pageNum, failure);
      }
      giveUpWhenHopeless(unread, to);
    }
    if (work.password !== undefined) await keepPageImages(work, file, pageCount, pageKey);
    log.info(
      {
        stage: 'ocr_extraction',
        ms: Math.round(performance.now() - started),
        pages: pageCount,
        read,
        unread: unread.size,
      },
      'pages read',
    );
    report.finish('ocr_extraction');
    return {
      pageCount,
      readerKey,
      contentKey: unread.size > 0 ? hashKey(readerKey, ...[...unread.keys()].map(String)) : readerKey,
      unread,
      page: async (pageNum) => (unread.has(pageNum) ? blankPage(pageNum) : findPage(work, pageKey(pageNum))),
    };
  } finally {
    await file.close();
  }
}

/** Later the password is gone, and no one could draw the pages any more. */
async function keepPageImages(
  { claim, services, type, signal }: DocumentWork,
  file: Original,
  pageCount: number,
  pageKey: (pageNum: number) => string,
): Promise<void> {
  if (!hasPageImages(type)) return;
  const original = await file.open();
  const numbers = Array.from({ length: pageCount }, (_, pageNum) => pageNum);
  await pMap(
    numbers,
    async (pageNum) => {
      const page = await services.cache.find(pageKey(pageNum), pageSchema);
      if (page && !looksLikeSomething(page)) return;
      const key = pageImageKey(claim, pageNum);
      if (await services.storage.get(key)) return;
      await services.storage.putIfAbsent(
        key,
        await services.readers.renderPageImage(original, pageNum, { dpi: pageImageDpi }, signal),
      );
    },
    { concurrency: pageImageConcurrency, signal },
  );
}

const pageImageConcurrency = 4;

interface Range {
  from: number;
  to: number;
}

/** Reads a range, and what it could not read page by page: so one bad page costs itself. Gives those that failed. */
async function readRange(
  work: DocumentWork,
  file: Original,
  range: Range,
  keep: (page: Page) => Promise<void>,
): Promise<Map<number, Failure>> {
  let next = range.from;
  try {
    for await (const page of work.services.readers.readPages(await file.open(), range, work.signal)) {
      await keep(page);
      next = page.pageNum + 1;
    }
    return new Map();
  } catch (error) {
    if (!(error instanceof DocumentError) || work.signal.aborted) throw error;
    if (range.to - range.from === 1) return new Map([[range.from, error.failure]]);
    const failed = new Map<number, Failure>();
    for (let from = next; from < range.to; from++) {
      for (const [pageNum, failure] of await readRange(work, file, { from, to: from + 1 }, keep))
        failed.set(pageNum, failure);
      giveUpWhenHopeless(failed, from + 1 - next);
    }
    return failed;
  }
}

/** So many pages of which none can be read mean that the file cannot. */
const hopelessPages = 10;

function giveUpWhenHopeless(unread: ReadonlyMap<number, Failure>, tried: number): void {
  const [first] = unread.values();
  if (first && unread.size === tried && tried >= hopelessPages) throw new DocumentError(first.reason, first.message);
}

/** The document without pages that could be read but not be worked on; they are blank from here on. */
export function withoutPages(document: ReadDocument, failed: ReadonlyMap<number, Failure>): ReadDocument {
  if (failed.size === 0) return document;
  return {
    ...document,
    unread: new Map([...document.unread, ...failed]),
    page: async (pageNum) => (failed.has(pageNum) ? blankPage(pageNum) : document.page(pageNum)),
  };
}

function blankPage(pageNum: number): Page {
  const a4 = { width: 595, height: 842 };
  return { pageNum, kind: 'text', source: 'text', ...a4, title: null, words: [], text: '', layout: '' };
}

async function findPage(work: DocumentWork, key: string): Promise<Page> {
  const page = await work.services.cache.find(key, pageSchema);
  // It was there a moment ago: damaged since, or swept. Another attempt reads it again.
  if (!page) throw new DocumentError('storage_unavailable', 'A page that was read is gone from the storage. Retry.');
  return page;
}

/** Pages that are not in storage, where screens read them: that this worker has one in memory does not count. */
async function missingPages(
  work: DocumentWork,
  pageKey: (n: number) => string,
  from: number,
  to: number,
): Promise<number[]> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const isMissing = await pMap(
    numbers,
    async (pageNum) => (await work.services.cache.findStored(pageKey(pageNum), pageSchema)) === null,
    { concurrency: lookConcurrency, signal: work.signal },
  );
  return numbers.filter((_, index) => isMissing[index]);
}

/** Runs of consecutive numbers: `[3, 4, 7]` as `[{3, 5}, {7, 8}]`. */
function runsOf(numbers: readonly number[]): Range[] {
  const runs: Range[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number) last.to = number + 1;
    else runs.push({ from: number, to: number + 1 });
  }
  return runs;
}
