import { readFile } from 'node:fs/promises';
import PostalMime from 'postal-mime';
import { decodeText } from './decode.ts';
import { htmlLines } from './html-lines.ts';
import { linesReader } from './lines-reader.ts';
import { paginate } from './text-page.ts';

/** Reads plain text and Markdown as they stand. */
export const textReader = linesReader('text-2', async (file) => {
  const { text, guessed } = decodeText(await readFile(file.path));
  const pages = text.split('\f').flatMap((part) => pagesOf(part.split(/\r\n|\r|\n/)));
  return { pages, guessedEncoding: guessed };
});

export const htmlReader = linesReader('html-2', async (file) => {
  const { text, guessed } = decodeText(await readFile(file.path), { isMarkup: true });
  return { pages: pagesOf(htmlLines(text)), guessedEncoding: guessed };
});

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
  return { pages: pagesOf([...headers, '', ...body, ...(attachments.length > 0 ? ['', ...attachments] : [])]) };
});

function pagesOf(lines: string[]): string[][] {
  return lines.some((line) => line.trim() !== '') ? paginate(lines) : [];
}
