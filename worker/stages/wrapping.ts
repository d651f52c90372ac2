import { type FileType, fileTypes } from '#lib/core/file-types.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { stages } from '#lib/core/lifecycle.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { DocumentResult } from '#lib/results/save.ts';
import type { DocumentWork } from '../document/document-work.ts';
import { readDocument } from './read.ts';
import type { UnpackedFiles } from './unpack.ts';

/** Whether a document is but the wrapping of those that it holds: an archive, or a mail with documents. */
export function isWrapping(type: FileType, { documents }: UnpackedFiles, { isMailBodyRead }: Definition): boolean {
  if (fileTypes[type].family === 'archive') return true;
  return (type === 'eml' || type === 'msg') && documents > 0 && !isMailBodyRead;
}

/**
 * A document that has no values of its own; the pages of a mail are read all the same, so that people can look at them.
 * @throws DocumentError where nothing in an archive can be read
 */
export async function wrapping(
  work: DocumentWork,
  { documents, notices }: UnpackedFiles,
  definition: Definition,
): Promise<DocumentResult> {
  const { report, type } = work;
  if (documents === 0) {
    const said = notices.length > 0 ? notices.join(' ') : 'The archive holds no files.';
    throw new DocumentError('unsupported_file', said);
  }
  const isArchive = fileTypes[type].family === 'archive';
  if (!isArchive) await skipPages(work);
  const skipped = stages.filter((stage) => isArchive || stage !== 'ocr_extraction');
  for (const stage of skipped) report.finish(stage, 'skipped');
  return { definition, accounts: [], notice: notices.length > 0 ? notices.join(' ') : null };
}

async function skipPages(work: DocumentWork): Promise<void> {
  const document = await readDocument(work);
  const { pageCount, unread } = document;
  for (let pageNum = 0; pageNum < pageCount; pageNum++) {
    const about = { pageNum, finishedAt: new Date() };
    const failure = unread.get(pageNum);
    if (failure) {
      work.report.page({ ...about, status: 'failed', failureReason: failure.reason, failureMessage: failure.message });
      continue;
    }
    const { source, title } = await document.page(pageNum);
    work.report.page({ ...about, status: 'skipped', source, title });
  }
}
