import { readFile } from 'node:fs/promises';
import { DocumentError } from '#lib/core/failures.ts';
import { type Block, lineBlock, paginate } from './blocks.ts';
import { blocksReader } from './blocks-reader.ts';
import { decodeText } from './decode.ts';
import { formOf, invoiceBlocks } from './einvoice/view.ts';
import { elementsOf, localName, valueOf } from './einvoice/xml.ts';
import { type Element, isElement, parseMarkup } from './markup.ts';

/** Reads XML: electronic invoices and orders as a person would see them, anything else as its elements with their texts. */
export const xmlReader = blocksReader('xml-3', async (file) => {
  const { text, guessed } = decodeText(await readFile(file.path), { isMarkup: true });
  const root = parseMarkup(text, 'xml').find(isElement);
  if (!root) throw new DocumentError('corrupt_file');
  const form = formOf(root);
  const blocks = form ? invoiceBlocks(root, form) : elementLines(root);
  return { pages: paginate(blocks), guessedEncoding: guessed };
});

/** `Line item: 5`, with an empty line before an element that has others inside. */
function elementLines(element: Element): Block[] {
  const children = elementsOf(element);
  const attributes = Object.entries(element.attribs)
    .filter(([name]) => !name.startsWith('xmlns') && !name.includes(':'))
    .map(([name, value]) => lineBlock(`${wordsOf(name)}: ${value}`));
  if (children.length > 0) return [lineBlock(''), ...attributes, ...children.flatMap(elementLines)];
  const text = valueOf(element);
  return [...(text === '' ? [] : [lineBlock(`${wordsOf(localName(element))}: ${text}`)]), ...attributes];
}

/** `OrderNumber` and `order_number` as `Order number`. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
