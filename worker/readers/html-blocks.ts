import { DomHandler, Parser } from 'htmlparser2';
import { DocumentError } from '#lib/core/failures.ts';
import { type Block, lineBlock } from './blocks.ts';
import { controlText, isHidden } from './html-shown.ts';
import { type Element, isElement, type Node, ownText } from './html-nodes.ts';
import { tableBlocks } from './html-table.ts';

/** Elements within each other: the parser takes time by the square of it. */
const maxDepth = 2000;

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
  const handler = new LimitedHandler();
  new Parser(handler).end(html);
  return blocksOf(handler.root.children, { isInCell: false });
}

class LimitedHandler extends DomHandler {
  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.tagStack.length > maxDepth)
      throw new DocumentError('too_complex', `The document is nested more than the ${maxDepth} levels allowed.`);
    super.onopentag(name, attributes);
  }
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
