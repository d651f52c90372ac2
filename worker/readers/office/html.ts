import { childrenOf, type Element, isElement, type Node } from '../markup.ts';

// Formats of paragraphs and tables are put into HTML, from which the blocks of a page are made: one way for all of them.

/** Where the next page begins. */
export const pageBreak = '<hr class="page-break">';

/** A text as HTML shows it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

export interface CellSpan {
  columns?: number;
  rows?: number;
}

export function cellHtml(content: string, { columns = 1, rows = 1 }: CellSpan): string {
  return `<td colspan="${columns}" rowspan="${rows}">${content}</td>`;
}

/** All elements of these names within nodes, in order; none within another of them. */
export function elementsNamed(nodes: readonly Node[], ...names: readonly string[]): Element[] {
  return nodes.flatMap((node) => {
    if (isElement(node) && names.includes(node.name)) return [node];
    return elementsNamed(childrenOf(node), ...names);
  });
}

/** A number that an attribute holds, from 1 to `most`. */
export function countOf(text: string | undefined, most: number): number {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : 1;
}
