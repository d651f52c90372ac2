import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DocumentError } from '#lib/core/failures.ts';
import { fileKey } from '#lib/files/place.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { FileToRead } from '../readers/reader.ts';
import type { WorkerServices } from './document-work.ts';

/** An original on this machine's disk. */
export interface Original {
  /** Fetches it on the first call only. @throws DocumentError when it is gone from the storage */
  open(): Promise<FileToRead>;
  /** Removes it again. */
  close(): Promise<void>;
}

/** The original of a document, fetched only when something must be read from it. */
export function lazyOriginal(
  { storage, workDir }: Pick<WorkerServices, 'storage' | 'workDir'>,
  sha256: string,
  type: FileType,
  password?: string,
): Original {
  let dir: Promise<string> | null = null;
  const fetchFile = async () => {
    await mkdir(workDir, { recursive: true });
    const folder = await mkdtemp(join(workDir, 'document-'));
    try {
      const found = await storage.download(fileKey(sha256), join(folder, 'original'));
      if (found) return folder;
      throw new DocumentError('storage_unavailable', 'The uploaded file is gone from the storage. Upload it again.');
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  };
  return {
    async open() {
      dir ??= fetchFile();
      return { path: join(await dir, 'original'), type, password };
    },
    async close() {
      if (!dir) return;
      const folder = await dir.catch(() => null);
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}
