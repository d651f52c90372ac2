import type { Context } from '#lib/context.ts';
import { RequestError } from '#lib/core/errors.ts';
import { type ByteRange, parseRange } from '#lib/storage/byte-range.ts';
import { fileKey } from '#lib/files/place.ts';
import { fileTypes, isFileType } from '#lib/core/file-types.ts';
import { getDocument } from './get.ts';

interface Original {
  name: string;
  mime: string;
  /** Of the whole file. */
  bytes: number;
  /** The part that `stream` holds; null for all of it. */
  range: ByteRange | null;
  stream: ReadableStream<Uint8Array>;
}

/**
 * The bytes of an uploaded file, or those that a `Range` header asks for.
 * @throws RequestError 404, 416 for bytes behind its end; StorageUnavailable
 */
export async function openOriginal(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  { documentId: id, range: rangeHeader = null }: { documentId: string; range?: string | null },
): Promise<Original> {
  const { document } = await getDocument({ db }, id);
  const range = parseRange(rangeHeader, document.bytes);
  if (range === 'beyond') {
    throw new RequestError('unsatisfiable', 'beyond_end', `The file has ${document.bytes} bytes`);
  }
  const object = await storage.open(fileKey(document.sha256), range ?? undefined);
  if (!object)
    throw new RequestError('not_found', 'file_gone', 'The file of this document is no longer in the storage');
  const mime = isFileType(document.type) ? fileTypes[document.type].mime : 'application/octet-stream';
  return { name: document.name, mime, bytes: document.bytes, range, stream: object.stream };
}
