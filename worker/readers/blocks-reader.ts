import { DocumentError } from '#lib/core/failures.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Block } from './blocks.ts';
import { withEncoding } from './decode.ts';
import { withNotices } from './notices.ts';
import { decodeImage } from './ocr/frames.ts';
import type { FileToRead, Reader, RecognisePage } from './reader.ts';
import { textPage } from './text-page.ts';

export interface Blocks {
  /** Of each page. */
  pages: Block[][];
  /** Pictures that may hold text: each is a page behind those. */
  images?: readonly Buffer[];
  guessedEncoding?: string | null;
  /** Of the whole file. */
  notices?: readonly string[];
}

/** A reader of files that have no layout of their own. */
export function blocksReader(version: string, read: (file: FileToRead) => Promise<Blocks>): Reader {
  const readAll = async (file: FileToRead) => {
    const blocks = await read(file);
    const count = blocks.pages.length + (blocks.images?.length ?? 0);
    if (count === 0) throw new DocumentError('no_text_found', 'The file holds no text.');
    return { ...blocks, count };
  };
  return {
    version,
    countPages: async (file) => (await readAll(file)).count,
    async *readPages(file, { from, to }, recognise) {
      const { count, notices = [], ...blocks } = await readAll(file);
      for (let pageNum = from; pageNum < Math.min(to, count); pageNum++) {
        const page = await pageOf(blocks, pageNum, recognise);
        yield withNotices(page, pageNum === 0 ? notices : []);
      }
    },
  };
}

async function pageOf(
  { pages, images = [], guessedEncoding }: Blocks,
  pageNum: number,
  recognise: RecognisePage,
): Promise<Page> {
  const blocks = pages[pageNum];
  if (blocks) return withEncoding(textPage(pageNum, blocks), guessedEncoding);
  const bitmap = await decodeImage(images[pageNum - pages.length] ?? Buffer.alloc(0));
  const { width, height } = bitmap;
  return recognise({ pageNum, kind: 'text', width, height, title: null, render: async () => bitmap });
}
