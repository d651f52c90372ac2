import { z } from 'zod';
import { attachmentsNotice } from '../notices.ts';
import type { PdfDocument } from './open.ts';

const attachmentsSchema = z.map(z.string(), z.object({ filename: z.string().catch('') })).catch(new Map());

/** What is said of the files that a PDF holds, such as the parts of a portfolio; nothing when there are none. */
export async function pdfAttachments(pdf: PdfDocument): Promise<string[]> {
  const attachments: unknown = await pdf.getAttachments();
  const found = attachmentsSchema.parse(attachments ?? new Map());
  return attachmentsNotice([...found].map(([key, { filename }]) => filename || key));
}
