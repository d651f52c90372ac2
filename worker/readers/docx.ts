import { strFromU8, strToU8, type Unzipped, unzipSync, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { DocumentError } from '#lib/core/failures.ts';
import { type Block, paginate } from './blocks.ts';
import { blocksReader } from './blocks-reader.ts';
import { imagesWithText } from './embedded-images.ts';
import { htmlBlocks } from './html-blocks.ts';
import type { Reader } from './reader.ts';
import { contentOf } from './unlock.ts';
import { withoutHidden } from './docx-hidden.ts';
import { breakPages, headersAndFooters, wrapAsDocument } from './docx-parts.ts';

const body = 'word/document.xml';

/**
 * Reads Word documents: headings, lists, tables, notes, text boxes, and on every page its header and footer. Pages are
 * those that the writer set or that Word last showed; without any, about 3,000 characters each.
 */
export const wordReader: Reader = blocksReader('word-6', async (file) => {
  const parts = unpack(await contentOf(file));
  const main = parts[body];
  if (!main) throw new DocumentError('corrupt_file');
  const xml = strFromU8(main);
  const pages = paginate(await blocksOf(parts, breakPages(xml)));
  const frame = await frameOf(parts, xml);
  const framed = pages.map((blocks, index) => {
    const header = index === 0 ? frame.firstHeader : frame.header;
    const footer = index === 0 ? frame.firstFooter : frame.footer;
    return [...header, ...blocks, ...footer];
  });
  return { pages: framed, images: imagesWithText(parts, framed) };
});

interface Frame {
  header: Block[];
  footer: Block[];
  firstHeader: Block[];
  firstFooter: Block[];
}

/** What stands above and below every page. */
async function frameOf(parts: Unzipped, xml: string): Promise<Frame> {
  const relations = parts['word/_rels/document.xml.rels'];
  const names = headersAndFooters(xml, relations ? strFromU8(relations) : '');
  const read = async (name: string | null) => {
    const part = name === null ? undefined : parts[name];
    return part ? blocksOf(parts, wrapAsDocument(strFromU8(part))) : [];
  };
  const [header, footer] = [await read(names.header), await read(names.footer)];
  if (!names.hasTitlePage) return { header, footer, firstHeader: header, firstFooter: footer };
  return { header, footer, firstHeader: await read(names.firstHeader), firstFooter: await read(names.firstFooter) };
}

function unpack(content: Buffer): Unzipped {
  try {
    return unzipSync(content);
  } catch (error) {
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}

/** What a document with these parts and this body shows. */
async function blocksOf(parts: Unzipped, xml: string): Promise<Block[]> {
  const buffer = Buffer.from(zipSync({ ...parts, [body]: strToU8(withoutHidden(xml)) }, { level: 0 }));
  try {
    const styleMap = ["br[type='page'] => hr.page-break:fresh"];
    const { value } = await mammoth.convertToHtml(
      { buffer },
      { styleMap, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    );
    return htmlBlocks(value);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    throw new DocumentError('corrupt_file', undefined, { cause: error });
  }
}
