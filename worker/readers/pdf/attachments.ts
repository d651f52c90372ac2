import { z } from 'zod';
import { type EmbeddedInvoice, readEmbeddedInvoice } from '../einvoice/embedded.ts';
import type { HeldFile } from '../reader.ts';
import type { PdfDocument } from './open.ts';

const attachmentsSchema = z.map(z.string(), z.object({ filename: z.string().catch('') })).catch(new Map());
const contentSchema = z.instanceof(Uint8Array).nullish().catch(null);
const infoSchema = z.object({ info: z.object({ IsCollectionPresent: z.boolean() }) });

/** What is in the files that a PDF holds. */
export interface Attachments {
  /** The electronic invoice among them. */
  invoice: EmbeddedInvoice | null;
  /** What is wrong with it. */
  notices: string[];
  /** The others, such as the parts of a portfolio. */
  others: Attachment[];
}

interface Attachment {
  id: string;
  name: string;
}

/** Names that the standards give to the invoice in a PDF come before others. */
const standardName = /^(?:factur-x|zugferd-invoice|xrechnung|order-x)\.xml$/i;

/** Looks at the files that a PDF holds, and reads the electronic invoice among them. */
export async function pdfAttachments(pdf: PdfDocument): Promise<Attachments> {
  const found = attachmentsSchema.parse((await pdf.getAttachments()) ?? new Map());
  const all = [...found].map(([id, { filename }]): Attachment => ({ id, name: filename || id }));
  const rank = ({ name }: Attachment) => (standardName.test(name) ? 0 : 1);
  const candidates = all.filter(({ name }) => /\.xml$/i.test(name)).toSorted((a, b) => rank(a) - rank(b));
  for (const { id, name } of candidates) {
    const content = (await contentOf(pdf, id)) ?? new Uint8Array();
    const read = readEmbeddedInvoice(name, content, standardName.test(name));
    if (!read) continue;
    const others = all.filter((one) => one.id !== id);
    if ('notice' in read) return { invoice: null, notices: [read.notice], others };
    return { invoice: read, notices: [], others };
  }
  return { invoice: null, notices: [], others: all };
}

/** The files that a PDF holds, but its electronic invoice; a portfolio is nothing but their cover. */
export async function* heldFilesOf(pdf: PdfDocument): AsyncGenerator<HeldFile, void> {
  const { others } = await pdfAttachments(pdf);
  if (others.length === 0) return;
  const isCover = infoSchema.safeParse(await pdf.getMetadata()).data?.info.IsCollectionPresent === true;
  for (const { id, name } of others) {
    yield { name, content: (await contentOf(pdf, id)) ?? 'damaged', isCovered: isCover };
  }
}

/** Null for a file that cannot be unpacked: the pages of the PDF are read all the same. */
async function contentOf(pdf: PdfDocument, id: string): Promise<Uint8Array | null> {
  const content: unknown = await pdf.getAttachmentContent(id).catch(() => null);
  return contentSchema.parse(content) ?? null;
}
