import { decodeRoughly } from './decode.ts';
import type { FileType } from '../core/file-types.ts';

const delimiters = [',', ';', '\t', '|'] as const;
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
  if (isMail(text)) return 'eml';
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const named = byExtension[extension];
  if (named) return named;
  if (/^<(table|div|p|h1|section|article|ul)\b/.test(start)) return 'html';
  const delimiter = detectDelimiter(text);
  if (delimiter) return delimiter === '\t' ? 'tsv' : 'csv';
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

/** The sign that stands equally often on nearly every line; null when none does. */
export function detectDelimiter(text: string): (typeof delimiters)[number] | null {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30);
  if (lines.length < 2) return null;
  const scored = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length - 1);
    const most = mode(counts.filter((count) => count > 0));
    const same = counts.filter((count) => count === most).length;
    return { delimiter, score: most > 0 && same / lines.length >= 0.8 ? most * same : 0 };
  });
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best.delimiter : null;
}

function isMail(text: string): boolean {
  const lines = text.split(/\r?\n/, 40);
  const blank = lines.indexOf('');
  const head = (blank < 0 ? lines : lines.slice(0, blank)).filter((line) => !/^\s/.test(line));
  const headers = head.filter((line) => mailHeader.test(line)).length;
  return headers >= 3 && headers / head.length >= 0.6;
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Without the last bytes, which may be half a character. */
function withoutHalfCharacter(head: Buffer): Buffer {
  const newline = head.lastIndexOf(0x0a);
  return newline > 0 ? head.subarray(0, newline) : head.subarray(0, head.length & ~3);
}
