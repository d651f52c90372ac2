import type { Context } from '#lib/app-context.ts';
import { RequestError } from '#lib/errors.ts';
import { fileKey } from '#lib/files/place.ts';
import { fileTypes, isFileType } from '#lib/files/types.ts';
import { getDocument } from './get.ts';

/** The bytes of an uploaded file. @throws RequestError 404, StorageUnavailable */
export async function openOriginal({ db, storage }: Pick<Context, 'db' | 'storage'>, id: string) {
  const { document } = await getDocument(db, id);
  const object = await storage.open(fileKey(document.sha256));
  if (!object)
    throw new RequestError('not_found', 'file_gone', 'The file of this document is no longer in the storage');
  const mime = isFileType(document.type) ? fileTypes[document.type].mime : 'application/octet-stream';
  return { name: document.name, mime, ...object };
}
