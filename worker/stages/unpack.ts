import { z } from 'zod';
import { artifactFolder, unpackedKey } from '#lib/artifact-keys.ts';
import { hashKey } from '#lib/cache.ts';
import { RequestError } from '#lib/core/errors.ts';
import { addParts, hasParts, type NewPart, unpackingOf } from '#lib/documents/parts.ts';
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

const unpackedSchema = z.object({
  /** How many are documents of their own. */
  documents: z.number().int(),
  /** Whether the document is but their wrapping. */
  isCover: z.boolean(),
  /** What a person should know of the others. */
  notices: z.array(z.string()),
});

/** What became of the files that a document holds. */
export type UnpackedFiles = z.output<typeof unpackedSchema>;

export const nothingHeld: UnpackedFiles = { documents: 0, isCover: false, notices: [] };

/**
 * Makes the files that a document holds documents of its session: what a mail carries, what is in an archive. One that
 * cannot be read is named, and costs itself. Where they are documents already, nothing is unpacked again.
 * @throws DocumentError, ClaimLost, StorageUnavailable
 */
export async function unpackDocument(work: DocumentWork): Promise<UnpackedFiles> {
  const { claim, services } = work;
  const folder = artifactFolder(claim, hashKey(services.readers.versionOf(work.type), String(maxDepth)));
  const key = unpackedKey(claim.sha256, folder);
  const known = (await hasParts(services.db, claim)) ? await services.cache.find(key, unpackedSchema) : null;
  if (known) return known;
  const parts: NewPart[] = [];
  try {
    const { unread, isCover } = await collectParts(work, parts);
    if (parts.length > 0) await addParts(services, claim, parts);
    const unpacked = { documents: parts.length, isCover, notices: unreadNotices(unread, services.maxFileBytes) };
    await services.cache.keep(key, unpackedSchema, unpacked);
    return unpacked;
  } finally {
    await discard(parts.map(({ file }) => file));
  }
}

/** Adds the files to `parts`; gives those that are none. */
async function collectParts({ claim, services, type, password, signal }: DocumentWork, parts: NewPart[]) {
  const { depth, ...before } = await unpackingOf(services.db, claim);
  const unread: Unread[] = [];
  let isCover = false;
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
        isCover ||= held.isCovered;
        room = { files: room.files - 1, bytes: room.bytes - file.bytes };
      }
      part += 1;
    }
  } finally {
    await original.close();
  }
  return { unread, isCover };
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
