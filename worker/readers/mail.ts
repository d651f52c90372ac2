import { readFile } from 'node:fs/promises';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { DocumentError } from '#lib/core/failures.ts';
import { type Block, linesOf, paginate, textsIn } from './blocks.ts';
import { blocksReader } from './blocks-reader.ts';
import { htmlBlocks } from './html-blocks.ts';
import { attachmentsNotice } from './notices.ts';

/** Mails in each other. */
const maxDepth = 3;

/**
 * Reads an e-mail: its headers, its text, mails that were forwarded as attachments, and the names of other attachments,
 * which are not read.
 */
export const mailReader = blocksReader('mail-4', async (file) => {
  const { blocks, unread } = await readMail(await readFile(file.path), 0);
  const listed = unread.map((name) => `Attachment, not read: ${name}`);
  if (listed.length > 0) blocks.push(...linesOf(['', ...listed]));
  return { pages: paginate(blocks), notices: attachmentsNotice(unread) };
});

interface ReadMail {
  blocks: Block[];
  /** Names of attachments. */
  unread: string[];
}

async function readMail(content: Uint8Array, depth: number): Promise<ReadMail> {
  const mail = await PostalMime.parse(content, { forceRfc822Attachments: true });
  const blocks = [...linesOf(headersOf(mail)), ...linesOf(['']), ...bodyOf(mail)];
  const unread: string[] = [];
  for (const attachment of mail.attachments) {
    const inner = depth < maxDepth ? await forwarded(attachment, depth) : null;
    if (inner) {
      blocks.push({ kind: 'break' }, ...inner.blocks);
      unread.push(...inner.unread);
    } else unread.push(attachment.filename ?? attachment.mimeType);
  }
  return { blocks, unread };
}

/** A mail that is attached to another; null for anything else, and for one that cannot be read. */
async function forwarded({ mimeType, content }: Attachment, depth: number): Promise<ReadMail | null> {
  if (mimeType !== 'message/rfc822') return null;
  try {
    return await readMail(typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content), depth + 1);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    return null;
  }
}

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
  return (
    textsIn(blocks)
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
