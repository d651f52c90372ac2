import PostalMime, { type Attachment } from 'postal-mime';
import { type Enclosure, headersOf, type Letter } from './letter.ts';

/** Parses an Internet message (RFC 5322). A mail that was forwarded as an attachment is one of its enclosures. */
export async function parseEml(content: Uint8Array): Promise<Letter> {
  const mail = await PostalMime.parse(content, { forceRfc822Attachments: true });
  // As its writer's clock had it: in another time zone it may have been another day.
  const date = mail.headers.find(({ key }) => key === 'date')?.value ?? mail.date ?? '';
  const { text = '', html = '', from, to = [], subject = '' } = mail;
  return {
    headers: headersOf({ from, to, date, subject }),
    text,
    html,
    enclosures: mail.attachments.map((attachment) => enclosureOf(attachment, html)),
  };
}

function enclosureOf({ filename, mimeType, content, contentId }: Attachment, html: string): Enclosure {
  const id = contentId?.replace(/^<|>$/g, '');
  return {
    name: filename ?? (mimeType === 'message/rfc822' ? 'Forwarded mail.eml' : mimeType),
    mimeType,
    content: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
    isPicture: mimeType.startsWith('image/') && Boolean(id) && html.includes(`cid:${id}`),
  };
}
