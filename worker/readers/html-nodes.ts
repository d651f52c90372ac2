import { type DomHandler, ElementType } from 'htmlparser2';

export type Node = DomHandler['root']['children'][number];
export type Element = Extract<Node, { attribs: object }>;

export const isElement = (node: Node): node is Element => 'attribs' in node;
/** The text that a node is; null for elements and what is no text, such as comments. */
export const ownText = (node: Node): string | null =>
  'data' in node && node.type === ElementType.Text ? node.data : null;
/** What is inside an element; nothing is in a text. */
export const childrenOf = (node: Node): readonly Node[] => ('children' in node ? node.children : []);
