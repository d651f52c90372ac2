import { type Block, lineBlock } from './blocks.ts';
import { controlText, isHidden } from './html-shown.ts';
import { type Element, isElement, type Node, ownText, parseMarkup } from './markup.ts';
import { tableBlocks } from './html-table.ts';

const blockNames = new Set(
  'p div section article header footer ul ol table blockquote pre form dl dt dd fieldset li tr td th caption address'.split(
    ' ',
  ),
);
const heading = /^h[1-6]$/;

/**
 * An HTML document as a person reads it: headings after an empty line, list items with a dash, tables as grids. What is
 * hidden or struck out is left out, form fields give what is in them. Nothing of it is run or fetched.
 */
export function htmlBlocks(html: string): Block[] {
  return blocksOf(parseMarkup(html, 'html'), { isInCell: false });
}

/** What nodes show, in order. In a cell lists have no dashes, and no page ends. */
function blocksOf(nodes: readonly Node[], { isInCell }: { isInCell: boolean }): Block[] {
  const blocks: Block[] = [];
  let line = '';
  const flush = () => {
    const text = line.replace(/[ \n\r\t]+/g, ' ').trim();
    if (text !== '' && text !== '-') blocks.push(lineBlock(text));
    line = '';
  };
  const visit = (node: Node): void => {
    line += ownText(node) ?? '';
    if (isElement(node)) visitElement(node);
  };
  const visitElement = (node: Element): void => {
    const { name } = node;
    if (isHidden(node)) return;
    const shown = controlText(node);
    if (shown !== null) line += shown;
    else if (name === 'br') flush();
    else if (name === 'hr' && node.attribs.class === 'page-break') {
      flush();
      if (!isInCell) blocks.push({ kind: 'break' });
    } else if (name === 'table') {
      flush();
      blocks.push(...tableBlocks(node, blocksOf));
    } else if (blockNames.has(name) || heading.test(name)) {
      flush();
      if (heading.test(name) && blocks.length > 0) blocks.push(lineBlock(''));
      if (name === 'li' && !isInCell) line = '- ';
      node.children.forEach(visit);
      flush();
    } else node.children.forEach(visit);
  };
  nodes.forEach(visit);
  flush();
  return blocks;
}
