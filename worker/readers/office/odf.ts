import { DocumentError } from '#lib/core/failures.ts';
import { paginate } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { picturesWithText } from '../embedded-images.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { elementsNamed, pageBreak } from './html.ts';
import { bodyHtml, hiddenStyles, startingStyles } from './odf-html.ts';
import { openParts, type Parts } from './parts.ts';

/** Reads OpenDocument texts and presentations: a page per slide, or up to the breaks that the writer set. */
export const odfReader = blocksReader('odf-1', async (file) => {
  const parts = await openParts(file);
  if (/<manifest:encryption-data/.test(parts.text('META-INF/manifest.xml'))) {
    throw new DocumentError('encrypted_file', 'Password-protected: save a copy without a password and upload that.');
  }
  const content = parts.xml('content.xml');
  const styles = { hidden: hiddenStyles(content), starting: startingStyles(content) };
  const body = elementsNamed(content, 'office:text', 'office:presentation', 'office:drawing');
  if (body.length === 0) throw new DocumentError('corrupt_file');
  const slides = elementsNamed(body, 'draw:page');
  const nodes = slides.length > 0 ? slides : body;
  const pages = paginate(htmlBlocks(nodes.map((node) => bodyHtml(node, styles)).join(pageBreak)));
  const { header, footer } = frameOf(parts);
  const framed = slides.length > 0 ? pages : pages.map((blocks) => [...header, ...blocks, ...footer]);
  const pictures = Object.keys(parts.files)
    .filter((name) => name.startsWith('Pictures/'))
    .flatMap((name) => parts.files[name] ?? []);
  return { pages: framed, images: picturesWithText(pictures, framed) };
});

/** What stands above and below every page: of the first kind of page that there is. */
function frameOf(parts: Parts) {
  const styles = parts.xml('styles.xml');
  const [page] = elementsNamed(styles, 'style:master-page');
  const own = { hidden: hiddenStyles(styles), starting: new Set<string>() };
  const blocksOf = (name: string) =>
    elementsNamed(page?.children ?? [], name).flatMap((node) => htmlBlocks(bodyHtml(node, own)));
  return { header: blocksOf('style:header'), footer: blocksOf('style:footer') };
}
