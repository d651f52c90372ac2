import { childrenOf, type Element, isElement, type Node, textOf } from '../markup.ts';
import { cellHtml, countOf, elementsNamed, escaped } from './html.ts';

const maxSpan = 1000;
/** Placeholders that are the same on every slide. */
const repeated = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

/** The HTML of the shapes of a slide, from top to bottom and from left to right. */
export function shapesHtml(nodes: readonly Node[]): string {
  const shapes = elementsNamed(nodes, 'p:sp', 'p:graphicFrame', 'p:cxnSp').filter((shape) => !isRepeated(shape));
  return shapes
    .map((shape, order) => ({ shape, order, ...placeOf(shape) }))
    .toSorted((a, b) => a.y - b.y || a.x - b.x || a.order - b.order)
    .map(({ shape }) => `<div>${shapeHtml(shape)}</div>`)
    .join('');
}

/** Paragraphs of text, wherever they are. */
export function linesHtml(nodes: readonly Node[]): string {
  return elementsNamed(nodes, 'a:p')
    .map((paragraph) => `<p>${paragraphHtml(paragraph)}</p>`)
    .join('');
}

/** In English Metric Units from the slide's corner; one whose place its layout decides comes first. */
function placeOf(shape: Element): { x: number; y: number } {
  const [offset] = elementsNamed(shape.children, 'a:off');
  return { x: Number(offset?.attribs.x) || 0, y: Number(offset?.attribs.y) || 0 };
}

function isRepeated(shape: Element): boolean {
  const [placeholder] = elementsNamed(shape.children, 'p:ph');
  const [about] = elementsNamed(shape.children, 'p:cNvPr');
  return repeated.has(placeholder?.attribs.type ?? '') || about?.attribs.hidden === '1';
}

function shapeHtml(shape: Element): string {
  const tables = elementsNamed(shape.children, 'a:tbl');
  return tables.length > 0 ? tables.map(tableHtml).join('') : linesHtml(shape.children);
}

function tableHtml(table: Element): string {
  const rows = elementsNamed(table.children, 'a:tr').map((row) => {
    const cells = elementsNamed(row.children, 'a:tc').filter(
      ({ attribs }) => !isMerged(attribs.hMerge) && !isMerged(attribs.vMerge),
    );
    return `<tr>${cells.map(cellOf).join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

/** Whether a cell is covered by one that goes over several. */
function isMerged(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

function cellOf(cell: Element): string {
  const span = { columns: countOf(cell.attribs.gridSpan, maxSpan), rows: countOf(cell.attribs.rowSpan, maxSpan) };
  return cellHtml(linesHtml(cell.children), span);
}

function paragraphHtml(paragraph: Element): string {
  return childrenOf(paragraph)
    .map((node) => {
      if (!isElement(node)) return '';
      if (node.name === 'a:br') return '<br>';
      return elementsNamed([node], 'a:t')
        .map((text) => escaped(textOf(text)))
        .join('');
    })
    .join('');
}
