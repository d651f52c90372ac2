import { DocumentError } from '#lib/core/failures.ts';
import { type Block, paginate } from '../blocks.ts';
import { decodeText } from '../decode.ts';
import { type Element, isElement, parseMarkup } from '../markup.ts';
import { formOf, invoiceBlocks } from './view.ts';
import { elementsOf } from './xml.ts';

/** An electronic invoice that another file holds, as the pages that show it. */
export interface EmbeddedInvoice {
  title: string;
  pages: Block[][];
}

/** Real ones have some kilobytes, with thousands of lines a few megabytes. */
const maxBytes = 10 * 1024 * 1024;
const maxPages = 200;

/**
 * Reads an XML file inside another file. null when it is no electronic invoice or order; a notice when it should be one,
 * by its name or its root, and cannot be read. `isExpected`: its name says that it is one.
 */
export function readEmbeddedInvoice(
  name: string,
  content: Uint8Array,
  isExpected: boolean,
): EmbeddedInvoice | { notice: string } | null {
  const refused = (why: string) => ({
    notice: `The electronic invoice in this file (${name}) ${why} and was not read.`,
  });
  if (content.length > maxBytes) return isExpected ? refused('is too large') : null;
  const root = rootOf(content);
  const form = root && formOf(root.element);
  if (!form) return isExpected ? refused('is damaged') : null;
  if (!root.isWhole || elementsOf(root.element).length === 0) return refused('is damaged');
  const pages = paginate(invoiceBlocks(root.element, form));
  if (pages.length === 0) return refused('is empty');
  if (pages.length > maxPages) return refused('is too large');
  return { title: `Electronic ${form.isOrder ? 'order' : 'invoice'} in this file (${name})`, pages };
}

/** null for what is no XML, or too deeply nested: neither keeps the file around it from being read. */
function rootOf(content: Uint8Array): { element: Element; isWhole: boolean } | null {
  try {
    const { text } = decodeText(content, { isMarkup: true });
    const element = parseMarkup(text, 'xml').find(isElement);
    // What is cut off parses too.
    return element ? { element, isWhole: isClosed(text, element.name) } : null;
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}

function isClosed(text: string, name: string): boolean {
  return text.slice(text.lastIndexOf('</')).startsWith(`</${name}`);
}
