import { type ZipWriterAddDataOptions, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { newId } from '#lib/id.ts';

/** A file to put into another one. */
export interface Content {
  name: string;
  content: string | Uint8Array;
  mimeType?: string;
  /** Of a picture in a mail's HTML. */
  contentId?: string;
}

/** A mail that carries files. */
export function mailWith(body: { text: string; html?: string }, files: readonly Content[]): Buffer {
  const boundary = newId();
  const part = (type: string, text: string) =>
    `--${boundary}\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${text}\r\n`;
  const attached = files.map(({ name, content, mimeType = 'application/octet-stream', contentId }) => {
    const isMail = mimeType === 'message/rfc822';
    const head = [
      `Content-Type: ${mimeType}`,
      ...(isMail ? [] : ['Content-Transfer-Encoding: base64']),
      ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
      `Content-Disposition: attachment; filename="${name}"`,
    ];
    return `--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${isMail ? String(content) : Buffer.from(content).toString('base64')}\r\n`;
  });
  const parts = [part('plain', body.text), ...(body.html === undefined ? [] : [part('html', body.html)]), ...attached];
  const head = 'From: Ann <ann@example.org>\r\nSubject: Papers\r\nMIME-Version: 1.0\r\n';
  return Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${parts.join('')}--${boundary}--\r\n`,
  );
}

/** A ZIP archive. */
export async function zipOf(files: readonly Content[], options: ZipWriterAddDataOptions = {}): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const { name, content } of files) {
    await writer.add(name, new Uint8ArrayReader(new Uint8Array(Buffer.from(content))), {
      useWebWorkers: false,
      ...options,
    });
  }
  return Buffer.from(await writer.close());
}
