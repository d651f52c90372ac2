import { Parser } from 'htmlparser2';
import { DocumentError } from '#lib/core/failures.ts';

/** Elements within each other: the parser takes time by the square of it. */
const deepest = 2000;
/** Stands for a page break in the lines of a document. */
export const pageBreak = '\f';

const blocks = new Set([
  'p',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'ul',
  'ol',
  'table',
  'blockquote',
  'pre',
  'form',
  'dl',
  'dt',
  'dd',
]);
const headings = /^h[1-6]$/;
const hidden = new Set(['script', 'style', 'head', 'template', 'noscript', 'svg']);

/**
 * The lines of an HTML document as a person reads them: headings after an empty line, list items with a dash,
 * the cells of a table's row on one line, parted by tabs. Nothing of it is run or fetched.
 */
export function htmlLines(html: string): string[] {
  const lines: string[] = [];
  let line = '';
  let hiddenDepth = 0;
  let cells: string[] | null = null;
  const flush = () => {
    const text = line.replace(/[ \n\r]+/g, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > deepest) {
        throw new DocumentError('too_complex', `The document is nested more than the ${deepest} levels allowed.`);
      }
      if (hidden.has(name)) hiddenDepth += 1;
      else if (name === 'hr' && attributes.class === 'page-break') {
        // A row of a table stays whole: it belongs to the page on which it begins.
        if (cells) return;
        flush();
        lines.push(pageBreak);
      } else if (name === 'tr') {
        flush();
        cells = [];
      } else if (name === 'td' || name === 'th') line = '';
      else if (cells) line += name === 'br' || blocks.has(name) ? ' ' : '';
      else if (name === 'br') flush();
      else if (name === 'li') {
        flush();
        line = '- ';
      } else if (headings.test(name)) {
        flush();
        if (lines.length > 0) lines.push('');
      } else if (blocks.has(name)) flush();
    },
    ontext(text) {
      if (hiddenDepth === 0) line += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (hidden.has(name)) hiddenDepth -= 1;
      else if (name === 'td' || name === 'th') {
        cells?.push(line.replace(/\s+/g, ' ').trim());
        line = '';
      } else if (name === 'tr') {
        if (cells?.some(Boolean)) lines.push(cells.join('\t'));
        cells = null;
        line = '';
      } else if (!cells && (name === 'li' || headings.test(name) || blocks.has(name))) flush();
    },
  });
  parser.end(html);
  flush();
  return lines;
}
