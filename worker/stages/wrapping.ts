import { type FileType, fileTypes } from '#lib/core/file-types.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { stages } from '#lib/core/lifecycle.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { DocumentResult } from '#lib/results/save.ts';
import type { DocumentWork } from '../document/document-work.ts';
import type { ReadDocument } from './read.ts';
import type { UnpackedFiles } from './unpack.ts';

/** Whether a document is but the wrapping of those that it holds: an archive, a portfolio, a mail with documents. */
export function isWrapping(type: FileType, { isCover }: UnpackedFiles, { isMailBodyRead }: Definition): boolean {
  const isMail = type === 'eml' || type === 'msg';
  return isArchive(type) || (isCover && !(isMail && isMailBodyRead));
}

/** Whether a file has no pages of its own. */
export function isArchive(type: FileType): boolean {
  return fileTypes[type].family === 'archive';
}

/**
 * A document that has no values of its own; its pages can be looked at all the same.
 * @throws DocumentError where nothing in an archive can be read
 */
export function wrapping(
  { report, type }: DocumentWork,
  { documents, notices }: UnpackedFiles,
  definition: Definition,
): DocumentResult {
  if (documents === 0) {
    const said = notices.length > 0 ? notices.join(' ') : 'The archive holds no files.';
    throw new DocumentError('unsupported_file', said);
  }
  const skipped = stages.filter((stage) => isArchive(type) || stage !== 'ocr_extraction');
  for (const stage of skipped) report.finish(stage, 'skipped');
  return { definition, accounts: [], notice: notices.length > 0 ? notices.join(' ') : null };
}

/** Says of the pages of a wrapping that nothing is extracted from them. */
export async function skipPages({ report }: DocumentWork, document: ReadDocument): Promise<void> {
  for (let pageNum = 0; pageNum < document.pageCount; pageNum++) {
    const about = { pageNum, finishedAt: new Date() };
    const failure = document.unread.get(pageNum);
    if (failure) {
      report.page({ ...about, status: 'failed', failureReason: failure.reason, failureMessage: failure.message });
      continue;
    }
    const { source, title } = await document.page(pageNum);
    report.page({ ...about, status: 'skipped', source, title });
  }
}
