import { looksLikeSomething, pageImageDpi, pageImageKey } from '#lib/documents/page-image.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { FileType } from '#lib/core/file-types.ts';
import type { ArtifactOwner } from '#lib/artifact-keys.ts';
import { lazyOriginal } from './original.ts';
import type { WorkerServices } from './document-work.ts';

/** What the pages of one document look like. */
export interface PageImages {
  /** As PNG, made on first use and kept; null for a page that looks like nothing, such as one of a worksheet. */
  of(page: Page): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** @throws DocumentError, by `of`, when a page cannot be drawn */
export function openPageImages(
  services: WorkerServices,
  owner: ArtifactOwner,
  type: FileType,
  signal: AbortSignal,
): PageImages {
  const original = lazyOriginal(services, owner.sha256, type);
  return {
    async of(page) {
      if (!looksLikeSomething(page)) return null;
      const { pageNum } = page;
      const key = pageImageKey(owner, pageNum);
      const kept = await services.storage.get(key);
      if (kept) return kept;
      const png = await services.readers.renderPageImage(await original.open(), pageNum, { dpi: pageImageDpi }, signal);
      // What is kept counts, should another worker have drawn it at the same time.
      const isFirst = await services.storage.putIfAbsent(key, png);
      return isFirst ? png : ((await services.storage.get(key)) ?? png);
    },
    close: () => original.close(),
  };
}
