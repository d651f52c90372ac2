import { DomHandler, ElementType, Parser } from 'htmlparser2';
import { DocumentError } from '#lib/core/failures.ts';

export type Node = DomHandler['root']['children'][number];
export type Element = Extract<Node, { attribs: object }>;

/** Elements within each other, at most: the parser takes time by the square of it. */
const maxDepth = { html: 2000, xml: 500 };

/**
 * The nodes of a web page or an XML file. Entities that the file defines itself are not expanded, nothing is run or fetched.
 * @throws DocumentError `too_complex`
 */
export function parseMarkup(text: string, kind: 'html' | 'xml'): readonly Node[] {
  const handler = new LimitedHandler(maxDepth[kind]);
  new Parser(handler, { xmlMode: kind === 'xml' }).end(text);
  return handler.root.children;
}

class LimitedHandler extends DomHandler {
  readonly #max: number;

  constructor(max: number) {
    super();
    this.#max = max;
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (this.tagStack.length > this.#max)
      throw new DocumentError('too_complex', `The document is nested more than the ${this.#max} levels allowed.`);
    super.onopentag(name, attributes);
  }
}

export const isElement = (node: Node): node is Element => 'attribs' in node;
/** The text that a node is; null for elements and what is no text, such as comments. */
export const ownText = (node: Node): string | null =>
  'data' in node && node.type === ElementType.Text ? node.data : null;
/** What is inside an element; nothing is in a text. */
export const childrenOf = (node: Node): readonly Node[] => ('children' in node ? node.children : []);

/** All text inside a node, with its white space. */
export function textOf(node: Node): string {
  return ownText(node) ?? childrenOf(node).map(textOf).join('');
}
