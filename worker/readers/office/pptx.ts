import { DocumentError } from '#lib/core/failures.ts';
import { paginate } from '../blocks.ts';
import { blocksReader } from '../blocks-reader.ts';
import { imagesWithText } from '../embedded-images.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { elementsNamed, pageBreak } from './html.ts';
import { openParts, type Parts } from './parts.ts';
import { linesHtml, shapesHtml } from './pptx-html.ts';

/** Reads PowerPoint presentations: a page per slide, with its notes behind it. */
export const slidesReader = blocksReader('pptx-1', async (file) => {
  const parts = await openParts(file);
  const names = slidesOf(parts);
  if (names.length === 0) throw new DocumentError('corrupt_file');
  const pages = paginate(htmlBlocks(names.map((name) => slideHtml(parts, name)).join(pageBreak)));
  const hidden = names.flatMap((name, index) => (isHidden(parts, name) ? [index + 1] : []));
  return { pages, images: imagesWithText(parts.files, pages), notices: hiddenNotice(hidden) };
});

interface Relation {
  id: string;
  /** The last part of what kind it is, such as `slide`. */
  kind: string;
  /** The name of the part. */
  target: string;
}

function relationsOf(parts: Parts, name: string): Relation[] {
  const [, folder = '', file = ''] = /^(.*\/)?([^/]*)$/.exec(name) ?? [];
  return elementsNamed(parts.xml(`${folder}_rels/${file}.rels`), 'Relationship').map(({ attribs }) => {
    const { pathname } = new URL(attribs.Target ?? '', `file:///${folder}`);
    return { id: attribs.Id ?? '', kind: (attribs.Type ?? '').split('/').at(-1) ?? '', target: decoded(pathname) };
  });
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    return pathname.slice(1);
  }
}

/** The parts of the slides, in the order in which they are shown. */
function slidesOf(parts: Parts): string[] {
  const main = 'ppt/presentation.xml';
  const byId = new Map(relationsOf(parts, main).map(({ id, target }) => [id, target]));
  const listed = elementsNamed(parts.xml(main), 'p:sldId').flatMap(
    ({ attribs }) => byId.get(attribs['r:id'] ?? '') ?? [],
  );
  return listed.filter((name) => name in parts.files);
}

function isHidden(parts: Parts, name: string): boolean {
  const [slide] = elementsNamed(parts.xml(name), 'p:sld');
  return slide?.attribs.show === '0' || slide?.attribs.show === 'false';
}

function hiddenNotice(numbers: readonly number[]): string[] {
  if (numbers.length === 0) return [];
  return [
    `Read though hidden in the presentation: ${numbers.length === 1 ? 'slide' : 'slides'} ${numbers.join(', ')}.`,
  ];
}

/** A slide with what its diagrams say, and its notes. */
function slideHtml(parts: Parts, name: string): string {
  const beside = relationsOf(parts, name);
  const partsOf = (kind: string) =>
    beside.filter((relation) => relation.kind === kind).map(({ target }) => parts.xml(target));
  const diagrams = partsOf('diagramData').map((nodes) => linesHtml(nodes));
  const notes = partsOf('notesSlide').map((nodes) => shapesHtml(nodes));
  return [shapesHtml(parts.xml(name)), ...diagrams, ...notes].join('');
}
