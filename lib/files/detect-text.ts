import { decodeRoughly } from './decode.ts';
import { detectDelimiter, isTable } from './delimiter.ts';
import type { FileType } from '../core/file-types.ts';

const byExtension: Record<string, FileType> = {
  csv: 'csv',
  tsv: 'tsv',
  txt: 'txt',
  md: 'md',
  markdown: 'md',
  log: 'txt',
};
const mailHeader =
  /^(from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type|x-[\w-]+):\s/i;

/** The kind of a text by its beginning; null when it is no text. `cut`: it continues beyond what is given. */
export function detectText(head: Buffer, cut: boolean, name: string): FileType | null {
  const text = decodeRoughly(cut ? withoutHalfCharacter(head) : head);
  if (text === null) return null;
  const start = withoutComments(text.trimStart().slice(0, 4000).toLowerCase());
  if (/^<(?:!doctype html|html|head|body)/.test(start)) return 'html';
  if (/^\uFEFF?\s*<\?xml\s/.test(text) || /^<(?:\w+:)?\w+\s[^>]*xmlns/.test(start)) return 'xml';
  if (isMail(text)) return 'eml';
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const named = byExtension[extension];
  if (named) return named;
  if (/^<(table|div|p|h1|section|article|ul)\b/.test(start)) return 'html';
  const delimiter = detectDelimiter(text);
  if (delimiter && isTable(text, delimiter)) return delimiter === '\t' ? 'tsv' : 'csv';
  return 'txt';
}

/** Without the XML declaration and the comments that a page may begin with. */
function withoutComments(start: string): string {
  let rest = start.replace(/^<\?xml[^>]*>\s*/, '');
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return rest;
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

function isMail(text: string): boolean {
  const lines = text.split(/\r?\n/, 40);
  const blank = lines.indexOf('');
  const head = (blank < 0 ? lines : lines.slice(0, blank)).filter((line) => !/^\s/.test(line));
  const headers = head.filter((line) => mailHeader.test(line)).length;
  return headers >= 3 && headers / head.length >= 0.6;
}

/** Without the last bytes, which may be half a character. */
function withoutHalfCharacter(head: Buffer): Buffer {
  const newline = head.lastIndexOf(0x0a);
  return newline > 0 ? head.subarray(0, newline) : head.subarray(0, head.length & ~3);
}
