import { Readable } from 'node:stream';
import XLSX from '@e965/xlsx';
import { eq } from 'drizzle-orm';
import officeCrypto from 'officecrypto-tool';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#lib/db/tables/sessions.ts';
import { submitPassword } from '#lib/documents/submit-password.ts';
import { getPageImage } from '#lib/documents/page-image.ts';
import { spool } from '#lib/files/spool.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import type { TestContext } from '#tests/support/context.ts';
import { encryptedPdf } from '#tests/support/encrypted-pdf.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  const fields = { type: 'object', properties: { Code: { type: 'string', 'x-aliases': ['Reference'] } } };
  await putSchema(context, { slug: 'order', definition: { name: 'Order', fields } });
});
afterAll(() => worker.close());

function workbook(type: 'xlsx' | 'biff8'): Buffer {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['Reference', 'Note'],
    ['R-7', newId()],
  ]);
  return XLSX.write({ SheetNames: ['One'], Sheets: { One: sheet } }, { type: 'buffer', bookType: type });
}

async function upload(name: string, content: Buffer) {
  const file = await spool(context.spoolDir, name, Readable.from([content]), { maxBytes: 10_000_000 });
  const id = await createSession(context, { files: [file], schema: 'order' });
  const session = await worker.finished(id);
  return { id, session, documentId: session.documents[0]?.id ?? '' };
}

const dataOf = async (id: string) => (await getResults(context, { sessionId: id })).accounts[0]?.data;
const sealedOf = async (id: string) =>
  (await context.db.select().from(documents).where(eq(documents.id, id)))[0]?.sealedPassword;

describe('a protected file', () => {
  it.each([
    ['PDF', 'order.pdf', () => encryptedPdf(['Reference: R-7', `A protected order ${newId()}`], 'tide')],
    ['workbook', 'order.xlsx', () => officeCrypto.encrypt(workbook('xlsx'), { password: 'tide' })],
  ])('%s waits for its password, is read with it, and the password is forgotten', async (_kind, name, make) => {
    const { id, session, documentId } = await upload(name, make());
    expect(session).toMatchObject({ status: 'failed', failure: { reason: 'encrypted_file' } });

    await submitPassword(context, { documentId, password: 'ebb' });
    expect(await worker.finished(id)).toMatchObject({
      status: 'failed',
      failure: { reason: 'encrypted_file', message: expect.stringContaining('does not open') },
    });
    expect(await sealedOf(documentId)).toBeNull();

    await submitPassword(context, { documentId, password: 'tide' });
    expect(await worker.finished(id)).toMatchObject({ status: 'in_progress', partial: false });
    expect(await dataOf(id)).toEqual({ Code: 'R-7' });
    expect(await sealedOf(documentId)).toBeNull();
    const { rows } = await context.db.execute('select row_to_json(d)::text as row from documents d');
    expect(JSON.stringify(rows)).not.toContain('tide');
  });

  it('of old Excel is told by its records, not by words', async () => {
    const container = XLSX.CFB.read(workbook('biff8'), { type: 'buffer' });
    const stream = XLSX.CFB.find(container, '/Workbook');
    if (!stream) throw new Error('no workbook');
    const records = Buffer.from(stream.content);
    const behindStart = 4 + records.readUInt16LE(2);
    const filePass = Buffer.from('2f000600010001000100', 'hex').subarray(0, 10);
    stream.content = Buffer.concat([records.subarray(0, behindStart), filePass, records.subarray(behindStart)]);
    stream.size = stream.content.length;
    const { session } = await upload(
      'old.xls',
      Buffer.from(XLSX.CFB.write(container, { type: 'buffer' }) as Uint8Array),
    );
    expect(session).toMatchObject({ status: 'failed', failure: { reason: 'encrypted_file' } });
  });

  it('has pictures of its pages although nobody knows the password any more', async () => {
    const { id, documentId } = await upload(
      'order.pdf',
      encryptedPdf(['Reference: R-8', `Another order ${newId()}`], 'tide'),
    );
    await submitPassword(context, { documentId, password: 'tide' });
    await worker.finished(id);
    const png = await getPageImage(context, { documentId, pageNum: '0', signal: AbortSignal.timeout(20_000) });
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  });

  it('is the only kind that takes a password', async () => {
    const { documentId } = await upload('plain.txt', Buffer.from(`Reference: R-9 ${newId()}`));
    await expect(submitPassword(context, { documentId, password: 'tide' })).rejects.toMatchObject({ status: 409 });
  });
});
