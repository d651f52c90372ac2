import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import { DocumentError } from '#lib/failures.ts';
import { decodeText } from '#lib/files/decode.ts';
import { htmlLines } from './html-lines.ts';
import { linesReader } from './lines-reader.ts';
import { paginate } from './text-page.ts';

/** Reads plain text and Markdown as they stand. */
export const textReader = linesReader('text-1', async (file) => {
  const text = await decoded(file.path);
  return text.split('\f').flatMap((part) => pagesOf(part.split(/\r\n|\r|\n/)));
});

export const htmlReader = linesReader('html-1', async (file) => pagesOf(htmlLines(await decoded(file.path))));

/** Reads an e-mail: its headers, its text, and the names of its attachments, which are not read. */
export const mailReader = linesReader('mail-1', async (file) => {
  const mail = await PostalMime.parse(await readFile(file.path));
  const person = (one: { name?: string; address?: string } | undefined) =>
    [one?.name, one?.address && `<${one.address}>`].filter(Boolean).join(' ');
  const headers = [
    ['From', person(mail.from)],
    ['To', (mail.to ?? []).map(person).join(', ')],
    ['Date', mail.date ?? ''],
    ['Subject', mail.subject ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const body = mail.text ? mail.text.split(/\r?\n/) : htmlLines(mail.html ?? '');
  const attachments = mail.attachments.map((one) => `Attachment, not read: ${one.filename ?? one.mimeType}`);
  return pagesOf([...headers, '', ...body, ...(attachments.length > 0 ? ['', ...attachments] : [])]);
});

async function decoded(path: string): Promise<string> {
  const text = decodeText(await readFile(path));
  if (text === null) throw new DocumentError('corrupt_file');
  return text;
}

function pagesOf(lines: string[]): string[][] {
  return lines.some((line) => line.trim() !== '') ? paginate(lines) : [];
}
