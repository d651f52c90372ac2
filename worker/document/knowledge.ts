import type { Context } from '#lib/context.ts';
import type { KnowledgeFile } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { DocumentError, failures } from '#lib/core/failures.ts';
import {
  hasPassages,
  isCurrent,
  keepPassages,
  type KnowledgeReading,
  readingKey,
  readingSchema,
} from '#lib/schemas/knowledge/reading.ts';
import { openReferences } from '#lib/schemas/knowledge/references.ts';
import { documentLimitMs } from '../compute/limits.ts';
import { lazyOriginal } from './original.ts';
import type { WorkerServices } from './document-work.ts';

const rangePages = 50;
/** When a document that took too long is read again: the machine may have been busy. */
const tryAgainMs = 10 * 60_000;

type ReadableFile = Pick<KnowledgeFile, 'sha256' | 'type'>;

/**
 * The reference documents of a schema for the pages of one document; those that no one has read yet are read first. One
 * that cannot be read is left out: the others still help.
 * @throws DocumentError, StorageUnavailable when one cannot be read just now
 */
export async function openKnowledge(db: Context['db'], services: WorkerServices, files: readonly KnowledgeFile[]) {
  for (const file of files) {
    const { failure } = await readKnowledge(db, services, file);
    if (failure) services.log.warn({ sha256: file.sha256, reason: failure.reason }, 'a reference document is left out');
  }
  return openReferences(db, files);
}

/**
 * The text of a reference document, parted into passages and kept: read once, and found ever after. That it took too long is
 * its outcome for a while, so that not every document of the schema tries it again.
 * @throws DocumentError when it cannot be read just now; one that can never be read has that as its outcome
 */
export async function readKnowledge(
  db: Context['db'],
  services: WorkerServices,
  file: ReadableFile,
): Promise<KnowledgeReading> {
  const key = readingKey(file.sha256);
  // The web process waits for it to appear in storage: that this worker has it in memory does not count.
  const known = await services.cache.findStored(key, readingSchema);
  const isOutdated = known !== null && !isCurrent(known);
  // The database may be younger than the storage.
  if (known && !isOutdated && (known.passages === 0 || (await hasPassages(db, file.sha256)))) return known;
  if (isOutdated) await services.storage.deleteAll(key);
  return services.cache.keep(key, readingSchema, await read(db, services, file));
}

async function read(db: Context['db'], services: WorkerServices, file: ReadableFile): Promise<KnowledgeReading> {
  try {
    const { text, pages } = await textOf(services, file);
    const options = { key: file.sha256, limitMs: documentLimitMs(pages) };
    const passages = await services.compute.run('toPassages', { text }, options);
    await keepPassages(db, file.sha256, passages);
    if (passages.length === 0) throw new DocumentError('no_text_found');
    return { passages: passages.length, failure: null, until: null };
  } catch (error) {
    if (!(error instanceof DocumentError) || failures[error.reason].retryable) throw error;
    const until = error.reason === 'too_complex' ? new Date(Date.now() + tryAgainMs).toISOString() : null;
    return { passages: 0, failure: error.failure, until };
  }
}

async function textOf(
  services: WorkerServices,
  { sha256, type }: ReadableFile,
): Promise<{ text: string; pages: number }> {
  const original = lazyOriginal(services, sha256, type);
  try {
    const file = await original.open();
    const pages = await services.readers.countPages(file);
    if (pages > services.maxPages) throw new DocumentError('too_many_pages');
    const texts: string[] = [];
    for (let from = 0; from < pages; from += rangePages) {
      const range = { from, to: Math.min(from + rangePages, pages) };
      for await (const page of services.readers.readPages(file, range)) texts.push(textOfPage(page));
    }
    return { text: texts.join('\n\n'), pages };
  } finally {
    await original.close();
  }
}

/** Tables keep their columns; sentences are read column by column. */
function textOfPage({ kind, layout, text, title }: Page): string {
  const said = kind === 'sheet' ? layout : text;
  return title ? `${title}\n${said}` : said;
}
