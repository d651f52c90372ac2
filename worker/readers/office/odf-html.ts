import { childrenOf, type Element, isElement, type Node, ownText } from '../markup.ts';
import { cellHtml, countOf, elementsNamed, escaped, pageBreak } from './html.ts';

/** Names of styles that mean something for reading. */
export interface Styles {
  /** Of text that is not shown. */
  hidden: ReadonlySet<string>;
  /** Of paragraphs that begin a page. */
  starting: ReadonlySet<string>;
}

/** What a person does not see: changes that were taken back, comments, forms, what fields are made of. */
const unseen = new Set([
  'text:tracked-changes',
  'office:annotation',
  'office:annotation-end',
  'office:forms',
  'office:settings',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'text:note-citation',
  'text:page-number',
  'text:page-count',
  'table:covered-table-cell',
  'table:shapes',
  'svg:title',
  'svg:desc',
  'presentation:date-time-decl',
  'presentation:footer-decl',
]);

/** A row or cell is written once for so many equal ones, at most: sheets fill their width with one empty cell. */
const maxRepeated = 100;
const maxSpan = 1000;
const maxSpaces = 200;

/** The HTML of what an element of OpenDocument shows. */
export function bodyHtml(element: Element, styles: Styles): string {
  const inside = (node: Node) => childrenOf(node).map(htmlOf).join('');
  if (element.name !== 'draw:page') return inside(element);
  // From top to bottom, whatever was drawn first; what has no place, such as notes, comes last.
  return childrenOf(element)
    .map((node, order) => ({ node, order, y: topOf(node) }))
    .toSorted((a, b) => a.y - b.y || a.order - b.order)
    .map(({ node }) => htmlOf(node))
    .join('');

  function htmlOf(node: Node): string {
    const text = ownText(node);
    if (text !== null) return escaped(text);
    if (!isElement(node) || unseen.has(node.name) || isHidden(node)) return '';
    const { name, attribs } = node;
    switch (name) {
      case 'text:p':
      case 'text:h':
        return `${startsPage(node) ? pageBreak : ''}<p>${inside(node)}</p>`;
      case 'text:s':
        return ' '.repeat(countOf(attribs['text:c'], maxSpaces));
      case 'text:tab':
        return ' ';
      case 'text:line-break':
        return '<br>';
      case 'text:soft-page-break':
        return pageBreak;
      case 'text:list':
        return `<ul>${inside(node)}</ul>`;
      case 'text:list-item':
        return `<li>${inside(node)}</li>`;
      case 'table:table':
        return `${startsPage(node) ? pageBreak : ''}<table>${inside(node)}</table>`;
      case 'table:table-row':
        return `<tr>${inside(node)}</tr>`.repeat(countOf(attribs['table:number-rows-repeated'], maxRepeated));
      case 'table:table-cell':
        return cellOf(node);
      case 'draw:text-box':
      case 'draw:custom-shape':
      case 'draw:frame':
      case 'text:note':
      case 'presentation:notes':
        return `<div>${inside(node)}</div>`;
      default:
        return inside(node);
    }
  }

  function cellOf(node: Element): string {
    const span = {
      columns: countOf(node.attribs['table:number-columns-spanned'], maxSpan),
      rows: countOf(node.attribs['table:number-rows-spanned'], maxSpan),
    };
    return cellHtml(inside(node), span).repeat(countOf(node.attribs['table:number-columns-repeated'], maxRepeated));
  }

  function isHidden({ name, attribs }: Element): boolean {
    if (name === 'text:hidden-text' || name === 'text:hidden-paragraph') return true;
    if (name === 'text:section' && attribs['text:display'] === 'none') return true;
    return styles.hidden.has(attribs['text:style-name'] ?? '');
  }

  function startsPage({ attribs }: Element): boolean {
    return styles.starting.has(attribs['text:style-name'] ?? attribs['table:style-name'] ?? '');
  }
}

/** In the unit of the slide, which is the same for all that is on it. */
function topOf(node: Node): number {
  const top = isElement(node) ? Number.parseFloat(node.attribs['svg:y'] ?? '') : Number.NaN;
  return Number.isNaN(top) ? Number.POSITIVE_INFINITY : top;
}

/** Styles by which text is not shown. */
export function hiddenStyles(nodes: readonly Node[]): Set<string> {
  return namesOf(nodes, ({ name, attribs }) => name === 'style:text-properties' && attribs['text:display'] === 'none');
}

/** Styles of paragraphs and tables with which a page begins. */
export function startingStyles(nodes: readonly Node[]): Set<string> {
  return namesOf(nodes, ({ attribs }) => attribs['fo:break-before'] === 'page');
}

function namesOf(nodes: readonly Node[], means: (properties: Element) => boolean): Set<string> {
  const styles = elementsNamed(nodes, 'style:style');
  const found = styles.filter(({ children }) => children.some((child) => isElement(child) && means(child)));
  return new Set(found.flatMap(({ attribs }) => attribs['style:name'] ?? []));
}
