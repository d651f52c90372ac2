import { DocumentError } from '#lib/core/failures.ts';
import { paginate } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { decodeText } from '../decode.ts';
import { htmlBlocks } from '../html-blocks.ts';
import type { Block } from '../blocks.ts';
import { elementsNamed } from './html.ts';
import { openParts, type Parts } from './parts.ts';

/** How fonts are obfuscated (EPUB 3.3, 4.3): nothing that must be read. */
const obfuscation = /idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC/;

/** Reads EPUB books: their chapters in order, each from a new page. */
export const bookReader = blocksReader('epub-1', async (file) => {
  const parts = await openParts(file);
  const methods = elementsNamed(parts.xml('META-INF/encryption.xml'), 'EncryptionMethod', 'enc:EncryptionMethod');
  if (methods.some(({ attribs }) => !obfuscation.test(attribs.Algorithm ?? ''))) {
    throw new DocumentError(
      'encrypted_file',
      'The book is protected against copying. Upload a copy without protection.',
    );
  }
  const blocks = chaptersOf(parts).flatMap((name): Block[] => {
    const { text } = decodeText(parts.files[name] ?? new Uint8Array(), { isMarkup: true });
    return [{ kind: 'break' }, ...htmlBlocks(text)];
  });
  return { pages: paginate(blocks) };
});

/** The parts of the chapters, in reading order. @throws DocumentError `corrupt_file` */
function chaptersOf(parts: Parts): string[] {
  const [root] = elementsNamed(parts.xml('META-INF/container.xml'), 'rootfile');
  const opf = root?.attribs['full-path'] ?? '';
  if (!(opf in parts.files)) throw new DocumentError('corrupt_file');
  const nodes = parts.xml(opf);
  const folder = opf.includes('/') ? opf.slice(0, opf.lastIndexOf('/') + 1) : '';
  const hrefs = new Map(
    elementsNamed(nodes, 'item', 'opf:item').map(({ attribs }) => [attribs.id, attribs.href ?? '']),
  );
  return elementsNamed(nodes, 'itemref', 'opf:itemref').flatMap(({ attribs }) => {
    const name = folder + decoded(hrefs.get(attribs.idref) ?? '');
    return name in parts.files ? [name] : [];
  });
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
