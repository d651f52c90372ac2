import XLSX from '@e965/xlsx';
import type { Content } from './holding.ts';

interface Message {
  subject: string;
  from: string;
  text: string;
  files?: readonly Content[];
}

/** Tags of MS-OXPROPS, each of text in UTF-16. */
const tags = { subject: '0037001F', sender: '0C1A001F', body: '1000001F', longName: '3707001F', mimeType: '370E001F' };
const content = '37010102';
/** Size of the head of a property stream: of the message, and of what is in it (MS-OXMSG 2.4.1). */
const heads = { message: 32, attachment: 8 };

/** An Outlook message (MS-OXMSG), as Outlook saves one. */
export function msgOf({ subject, from, text, files = [] }: Message): Buffer {
  const file = XLSX.CFB.utils.cfb_new();
  const add = (path: string, bytes: Buffer) => XLSX.CFB.utils.cfb_add(file, path, bytes);
  const addTexts = (
    folder: string,
    head: number,
    texts: Record<string, string>,
    binary: Record<string, Buffer> = {},
  ) => {
    const own = [
      ...Object.entries(texts).map(([tag, value]) => [tag, Buffer.from(value, 'utf16le')] as const),
      ...Object.entries(binary),
    ];
    for (const [tag, bytes] of own) add(`${folder}__substg1.0_${tag}`, bytes);
    add(
      `${folder}__properties_version1.0`,
      Buffer.concat([Buffer.alloc(head), ...own.map(([tag, bytes]) => propertyOf(tag, bytes))]),
    );
  };
  add('/__nameid_version1.0/__substg1.0_00020102', Buffer.alloc(16));
  addTexts('/', heads.message, { [tags.subject]: subject, [tags.sender]: from, [tags.body]: text });
  for (const [index, { name, content: given, mimeType = 'text/plain' }] of files.entries()) {
    const folder = `/__attach_version1.0_#${String(index).padStart(8, '0')}/`;
    addTexts(
      folder,
      heads.attachment,
      { [tags.longName]: name, [tags.mimeType]: mimeType },
      { [content]: Buffer.from(given) },
    );
  }
  return Buffer.from(XLSX.CFB.write(file, { type: 'buffer' }) as Buffer);
}

/** An entry of variable length: its tag, flags, and how long it is (MS-OXMSG 2.4.2.2). */
function propertyOf(tag: string, bytes: Buffer): Buffer {
  const entry = Buffer.alloc(16);
  entry.writeUInt32LE(Number.parseInt(tag, 16), 0);
  entry.writeUInt32LE(6, 4);
  entry.writeUInt32LE(bytes.length + (tag.endsWith('001F') ? 2 : 0), 8);
  return entry;
}
