import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pino from 'pino';
import { z } from 'zod';
import { type Page, pageSchema } from '#lib/core/pages/page.ts';
import { parseEnv } from '#lib/env.ts';
import { detectFileType } from '#lib/files/detect.ts';
import { openReaders } from '#worker/readers/readers.ts';

/** Pages that were read once stay here: what is measured is what is made of them. */
const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/sluice-pages');
const maxPages = 50;
const pagesSchema = z.array(pageSchema);

/** Reads files into pages as a worker does, OCR included. */
export interface PageSource {
  pagesOf(path: string): Promise<Page[]>;
  close(): Promise<void>;
}

export function openPages(): PageSource {
  const env = parseEnv({ DATA_DIR: join(tmpdir(), 'sluice-truth'), WORKER_READERS: String(availableParallelism()) });
  const readers = openReaders(env, pino({ level: 'silent' }));
  return {
    async pagesOf(path) {
      const type = await detectFileType(path, basename(path));
      const sha256 = createHash('sha256').update(await readFile(path));
      const kept = join(cacheFolder, `${sha256.update(readers.versionOf(type)).digest('hex')}.json`);
      const known = await readFile(kept, 'utf8').catch(() => null);
      if (known !== null) return pagesSchema.parse(JSON.parse(known));
      const file = { path, type };
      const to = Math.min(maxPages, await readers.countPages(file));
      const pages = await Array.fromAsync(readers.readPages(file, { from: 0, to }));
      await mkdir(cacheFolder, { recursive: true });
      await writeFile(kept, JSON.stringify(pages));
      return pages;
    },
    close: () => readers.close(),
  };
}
