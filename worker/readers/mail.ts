import { readFile } from 'node:fs/promises';
import PostalMime, { type Email } from 'postal-mime';
import { type Block, linesOf, paginate } from './blocks.ts';
import { blocksReader } from './blocks-reader.ts';
import { htmlBlocks } from './html-blocks.ts';

/** Reads an e-mail: its headers, its text, and the names of its attachments, which are not read. */
export const mailReader = blocksReader('mail-2', async (file) => {
  const mail = await PostalMime.parse(await readFile(file.path));
  const attachments = mail.attachments.map((one) => `Attachment, not read: ${one.filename ?? one.mimeType}`);
  const blocks = [...linesOf(headersOf(mail)), ...linesOf(['']), ...bodyOf(mail)];
  if (attachments.length > 0) blocks.push(...linesOf(['', ...attachments]));
  return { pages: paginate(blocks) };
});

type Person = { name?: string; address?: string } | undefined;

function headersOf(mail: Email): string[] {
  const named = (one: Person) => [one?.name, one?.address && `<${one.address}>`].filter(Boolean).join(' ');
  // As its writer's clock had it: in another time zone it may have been another day.
  const date = mail.headers.find(({ key }) => key === 'date')?.value ?? mail.date ?? '';
  return [
    ['From', named(mail.from)],
    ['To', (mail.to ?? []).map(named).join(', ')],
    ['Date', date],
    ['Subject', mail.subject ?? ''],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
}

/** Of the two forms of a mail the richer: the text is often left out, or only says that there is another. */
function bodyOf({ text = '', html = '' }: Email): Block[] {
  const plain = linesOf(text.split(/\r?\n/));
  if (html === '') return plain;
  const rich = htmlBlocks(html);
  const hasTable = rich.some(({ kind }) => kind === 'table');
  return hasTable || missingShare(rich, plain) > maxMissing ? rich : plain;
}

/** So large a share of the words may be missing where the text writes something else out, such as links. */
const maxMissing = 0.1;

function missingShare(rich: readonly Block[], plain: readonly Block[]): number {
  const known = new Set(wordsIn(plain));
  const words = wordsIn(rich);
  return words.length === 0 ? 0 : words.filter((word) => !known.has(word)).length / words.length;
}

function wordsIn(blocks: readonly Block[]): string[] {
  const texts = blocks.flatMap((block) => {
    if (block.kind === 'line') return [block.text];
    return block.kind === 'table' ? block.rows.flatMap((row) => row.flatMap(({ lines }) => lines)) : [];
  });
  return (
    texts
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
