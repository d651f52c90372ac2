import { RequestError } from '#lib/core/errors.ts';
import { addParts, type NewPart, unpackingOf } from '#lib/documents/parts.ts';
import { discard, spool, type SpooledFile } from '#lib/files/spool.ts';
import { lazyOriginal } from '../document/original.ts';
import type { DocumentWork, WorkerServices } from '../document/document-work.ts';
import type { HeldFile } from '../readers/reader.ts';
import { type Unread, unreadNotices } from './unread-notices.ts';

/** Of one uploaded file, with all that is in files within it. */
const maxFiles = 500;
const maxBytes = 1024 * 1024 * 1024;
/** Files within each other. */
const maxDepth = 3;

/** What became of the files that a document holds. */
export interface UnpackedFiles {
  /** How many are documents of their own. */
  documents: number;
  /** What a person should know of the others. */
  notices: string[];
}

/**
 * Makes the files that a document holds documents of its session: what a mail carries, what is in an archive. One that
 * cannot be read is named, and costs itself.
 * @throws DocumentError, ClaimLost, StorageUnavailable
 */
export async function unpackDocument(work: DocumentWork): Promise<UnpackedFiles> {
  const { claim, services } = work;
  if (!services.readers.mayHoldFiles(work.type)) return { documents: 0, notices: [] };
  const parts: NewPart[] = [];
  try {
    const unread = await collectParts(work, parts);
    if (parts.length > 0) await addParts(services, claim, parts);
    return { documents: parts.length, notices: unreadNotices(unread, services.maxFileBytes) };
  } finally {
    await discard(parts.map(({ file }) => file));
  }
}

/** Adds the files to `parts`; gives those that are none. */
async function collectParts({ claim, services, type, password, signal }: DocumentWork, parts: NewPart[]) {
  const { depth, ...before } = await unpackingOf(services.db, claim);
  const unread: Unread[] = [];
  let room = { files: maxFiles - before.files, bytes: maxBytes - before.bytes };
  let part = 0;
  const original = lazyOriginal(services, claim.sha256, type, password);
  try {
    for await (const held of services.readers.unpack(await original.open(), services.maxFileBytes, signal)) {
      const isRoom = room.files > 0 && room.bytes >= held.content.length;
      const file = depth >= maxDepth ? 'too_deep' : isRoom ? await spoolHeld(services, held) : 'too_many';
      if (typeof file === 'string') unread.push({ name: held.name, why: file });
      else {
        parts.push({ part, file });
        room = { files: room.files - 1, bytes: room.bytes - file.bytes };
      }
      part += 1;
    }
  } finally {
    await original.close();
  }
  return unread;
}

async function spoolHeld(
  { workDir, maxFileBytes }: WorkerServices,
  { name, content }: HeldFile,
): Promise<SpooledFile | Unread['why']> {
  if (typeof content === 'string') return content;
  try {
    return await spool(workDir, name, once(content), { maxBytes: maxFileBytes });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    if (error.code === 'too_large') return 'too_large';
    return error.code === 'corrupt_file' ? 'damaged' : 'no_document';
  }
}

async function* once(content: Uint8Array) {
  yield content;
}
