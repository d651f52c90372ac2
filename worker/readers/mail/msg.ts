import { createRequire } from 'node:module';
import type MsgReader from '@kenjiuno/msgreader';
import type { FieldsData } from '@kenjiuno/msgreader';
import { DocumentError } from '#lib/core/failures.ts';
import { decodeText } from '../decode.ts';
import { type Enclosure, headersOf, type Letter } from './letter.ts';

// Its default export is one of CommonJS, which an import would find elsewhere in Node than under a bundler.
const library = createRequire(import.meta.url)('@kenjiuno/msgreader') as { default: typeof MsgReader };

/** Parses an Outlook message (MS-OXMSG). @throws DocumentError `corrupt_file` */
export function parseMsg(content: Uint8Array): Letter {
  const reader = new library.default(new Uint8Array(content).buffer);
  const mail = reader.getFileData();
  if (mail.error) throw new DocumentError('corrupt_file', undefined, { cause: mail.error });
  const html = mail.html ? decodeText(mail.html, { isMarkup: true }).text : (mail.bodyHtml ?? '');
  return {
    headers: headersOf({
      from: { name: mail.senderName, address: mail.senderSmtpAddress ?? smtp(mail.senderEmail) },
      to: (mail.recipients ?? [])
        .filter(({ recipType = 'to' }) => recipType === 'to')
        .map(({ name, email, smtpAddress }) => ({ name, address: smtpAddress ?? smtp(email) })),
      date: dateOf(mail),
      subject: mail.subject ?? '',
    }),
    text: mail.body ?? '',
    html,
    enclosures: (mail.attachments ?? []).map((attachment) => enclosureOf(reader, attachment, html)),
  };
}

/** Within one Exchange server an address is a path (`/O=…`), which no one outside writes to. */
function smtp(address: string | undefined): string | undefined {
  return address?.includes('@') ? address : undefined;
}

/** As the headers have it, by its writer's clock; else by the server's. */
function dateOf({ headers = '', clientSubmitTime, messageDeliveryTime }: FieldsData): string {
  const [, date] = /^Date:[ \t]*(\S.*)$/im.exec(headers) ?? [];
  return date?.trim() ?? clientSubmitTime ?? messageDeliveryTime ?? '';
}

function enclosureOf(reader: MsgReader, attachment: FieldsData, html: string): Enclosure {
  const { fileName, content } = reader.getAttachment(attachment);
  const { attachMimeTag, innerMsgContent, name, pidContentId } = attachment;
  const mimeType = attachMimeTag ?? (innerMsgContent ? 'application/vnd.ms-outlook' : 'application/octet-stream');
  const isShown = pidContentId !== undefined && pidContentId !== '' && html.includes(`cid:${pidContentId}`);
  return {
    name: fileName || name || mimeType,
    mimeType,
    content,
    isPicture: isShown && (mimeType.startsWith('image/') || /\.(?:png|jpe?g|gif|bmp)$/i.test(fileName)),
  };
}
