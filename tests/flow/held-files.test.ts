import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#lib/db/tables/sessions.ts';
import { submitPassword } from '#lib/documents/submit-password.ts';
import { spool } from '#lib/files/spool.ts';
import { getResults } from '#lib/results/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import type { TestContext } from '#tests/support/context.ts';
import { encryptedPdf } from '#tests/support/encrypted-pdf.ts';
import { mailWith, zipOf } from '#tests/support/holding.ts';
import { msgOf } from '#tests/support/msg.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

let worker: TestWorker;
let context: TestContext;
beforeAll(async () => {
  worker = await testWorker();
  context = worker.context;
  const fields = { type: 'object', properties: { Code: { type: 'string', 'x-aliases': ['Reference'] } } };
  await putSchema(context, { slug: 'order', definition: { name: 'Order', fields } });
  await putSchema(context, { slug: 'with-body', definition: { name: 'Order', fields, mail_body: 'always' } });
});
afterAll(() => worker.close());

async function upload(name: string, content: Buffer, schema = 'order') {
  const file = await spool(context.spoolDir, name, Readable.from([content]), { maxBytes: 10_000_000 });
  const id = await createSession(context, { files: [file], schema });
  const session = await worker.finished(id);
  return { id, session };
}

async function codesOf(id: string) {
  const { accounts } = await getResults(context, { sessionId: id });
  return accounts.map(({ data }) => data.Code);
}

const order = (code: string) => ({ name: `${code}.txt`, content: `Order\n\nReference: ${code}\n` });

describe('a mail', () => {
  it('has its files as documents of their own, and is only their wrapping', async () => {
    const mail = mailWith({ text: 'Reference: NOT-THIS' }, [order('A-1'), order('A-2')]);
    const { id, session } = await upload('two.eml', mail);
    expect(session).toMatchObject({ status: 'in_progress', partial: false, documents_total: 3, documents_done: 3 });
    const [first, ...others] = session.documents;
    expect(first).toMatchObject({
      name: 'two.eml',
      status: 'completed',
      parent_id: null,
      pages_total: 1,
      notice: null,
    });
    expect(others).toMatchObject([
      { name: 'A-1.txt', parent_id: first?.id },
      { name: 'A-2.txt', parent_id: first?.id },
    ]);
    expect(await codesOf(id)).toEqual(['A-1', 'A-2']);
  });

  it('is a document too where the schema says so', async () => {
    const { id } = await upload('both.eml', mailWith({ text: 'Reference: B-1' }, [order('B-2')]), 'with-body');
    expect(await codesOf(id)).toEqual(['B-1', 'B-2']);
  });

  it('is a document where nothing that it carries is one, and says what was not read', async () => {
    const signature = { name: 'smime.p7s', content: 'x', mimeType: 'application/pkcs7-signature' };
    const program = { name: 'setup.exe', content: Buffer.from('MZ\u0090\0\u0003\0\0\0', 'latin1') };
    const { id, session } = await upload('signed.eml', mailWith({ text: 'Reference: C-1' }, [signature, program]));
    expect(session.documents).toMatchObject([{ notice: expect.stringContaining('kinds of files: "setup.exe"') }]);
    expect(await codesOf(id)).toEqual(['C-1']);
  });

  it('keeps its pictures, and a forwarded mail with files is unpacked too', async () => {
    const picture = { name: 'logo.png', content: 'not really', mimeType: 'image/png', contentId: 'logo' };
    const inner = mailWith({ text: 'see attached' }, [order('D-1')]).toString();
    const forwarded = { name: 'Fwd.eml', content: inner, mimeType: 'message/rfc822' };
    const body = { text: 'FYI', html: '<p>FYI</p><img src="cid:logo">' };
    const { id, session } = await upload('fwd.eml', mailWith(body, [picture, forwarded]));
    expect(session.documents.map(({ name }) => name)).toEqual(['fwd.eml', 'Fwd.eml', 'D-1.txt']);
    expect(await codesOf(id)).toEqual(['D-1']);
  });
});

it('a message of Outlook is read as a mail', async () => {
  const text = 'Reference: J-1\nBestätigt von Jörg';
  const alone = await upload('alone.msg', msgOf({ subject: 'Order', from: 'Ann Berg', text }));
  expect(alone.session.documents).toMatchObject([{ type: 'msg', pages_total: 1 }]);
  expect(await codesOf(alone.id)).toEqual(['J-1']);
  const { id, session } = await upload(
    'files.msg',
    msgOf({ subject: 'Order', from: 'Ann', text, files: [order('J-2')] }),
  );
  expect(session.documents.map(({ name }) => name)).toEqual(['files.msg', 'J-2.txt']);
  expect(await codesOf(id)).toEqual(['J-2']);
});

describe('a PDF', () => {
  const pdfWith = async (text: string, files: readonly string[], isPortfolio: boolean) => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText(text);
    for (const code of files) await pdf.attach(Buffer.from(order(code).content), `${code}.txt`);
    if (isPortfolio) pdf.catalog.set(PDFName.of('Collection'), pdf.context.obj({ Type: 'Collection' }));
    return Buffer.from(await pdf.save());
  };

  it('is a document, and so are the files attached to it, once', async () => {
    const { id, session } = await upload('with.pdf', await pdfWith('Reference: K-1 of the order', ['K-2'], false));
    expect(session.documents.map(({ name }) => name)).toEqual(['with.pdf', 'K-2.txt']);
    expect(await codesOf(id)).toEqual(['K-1', 'K-2']);
    await reextractSession(context, { id, scope: 'all' });
    expect((await worker.finished(id)).documents_total).toBe(2);
  });

  it('that is a portfolio is but the cover of its files', async () => {
    const cover = await pdfWith('Open this portfolio in another program. Reference: none', ['L-1', 'L-2'], true);
    const { id, session } = await upload('portfolio.pdf', cover);
    expect(session).toMatchObject({ status: 'in_progress', documents_total: 3, pages_processed: 3 });
    expect(await codesOf(id)).toEqual(['L-1', 'L-2']);
  });
});

describe('an archive', () => {
  it('is its documents, whatever else lies in it; one that cannot be opened fails on its own', async () => {
    const archive = await zipOf([
      { name: 'march/', content: '' },
      { name: 'march/E-1.txt', content: order('E-1').content },
      { name: '__MACOSX/march/._E-1.txt', content: 'x' },
      { name: 'Ordnung/E-2.txt', content: order('E-2').content },
      { name: 'locked.pdf', content: encryptedPdf(['Reference: E-3'], 'tide') },
      { name: 'setup.exe', content: Buffer.from('MZ\u0090\0\u0003\0\0\0', 'latin1') },
    ]);
    const { id, session } = await upload('orders.zip', archive);
    expect(session).toMatchObject({ status: 'in_progress', partial: true, documents_total: 4 });
    expect(session.documents).toMatchObject([
      { type: 'zip', status: 'completed', notice: expect.stringContaining('"setup.exe"') },
      { name: 'E-1.txt', status: 'completed' },
      { name: 'E-2.txt', status: 'completed' },
      { name: 'locked.pdf', status: 'failed', failure: { reason: 'encrypted_file' } },
    ]);
    expect(await codesOf(id)).toEqual(['E-1', 'E-2']);
  });

  it('adds each of its documents once, also when it is extracted again', async () => {
    const { id, session } = await upload('again.zip', await zipOf([order('F-1'), order('F-2')]));
    await reextractSession(context, { id, scope: 'all' });
    const again = await worker.finished(id);
    expect(again.documents.map((document) => document.id)).toEqual(session.documents.map((document) => document.id));
    expect(await codesOf(id)).toEqual(['F-1', 'F-2']);
  });

  it('opens with its password', async () => {
    const archive = await zipOf([order('G-1')], { password: 'tide', encryptionStrength: 3 });
    const { id, session } = await upload('locked.zip', archive);
    const [document] = session.documents;
    expect(document).toMatchObject({ status: 'failed', failure: { reason: 'encrypted_file' } });
    await submitPassword(context, { documentId: document?.id ?? '', password: 'wrong' });
    expect((await worker.finished(id)).documents).toMatchObject([{ failure: { reason: 'encrypted_file' } }]);
    await submitPassword(context, { documentId: document?.id ?? '', password: 'tide' });
    await worker.finished(id);
    expect(await codesOf(id)).toEqual(['G-1']);
  });

  it('in archives is unpacked three times, and the rest is named', async () => {
    let inner = await zipOf([order('H-1')]);
    for (const code of ['I-3', 'I-2', 'I-1'])
      inner = await zipOf([{ name: `in ${code}.zip`, content: inner }, order(code)]);
    const { id, session } = await upload('deep.zip', inner);
    expect(session.documents.map(({ name }) => name)).toEqual([
      'deep.zip',
      'in I-1.zip',
      'in I-2.zip',
      'in I-3.zip',
      'I-3.txt',
      'I-2.txt',
      'I-1.txt',
    ]);
    const failed = session.documents.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ name: 'in I-3.zip', failure: { message: expect.stringContaining('"H-1.txt"') } }]);
    expect(await codesOf(id)).toEqual(['I-3', 'I-2', 'I-1']);
  });

  it('with nothing in it that can be read fails with the reason, and so does one with too much', async () => {
    const { session } = await upload(
      'none.zip',
      await zipOf([{ name: 'a.ico', content: Buffer.from([0, 0, 1, 0, 1]) }]),
    );
    expect(session).toMatchObject({ status: 'failed', failure: { message: expect.stringContaining('"a.ico"') } });
    const many = await zipOf(Array.from({ length: 501 }, (_, number) => order(String(number))));
    expect((await upload('many.zip', many)).session).toMatchObject({
      status: 'failed',
      failure: { reason: 'too_complex', message: expect.stringContaining('501 files, 500 are allowed') },
    });
  });

  it('leaves a session whose every document failed as failed', async () => {
    const archive = await zipOf([{ name: 'locked.pdf', content: encryptedPdf(['x'], 'tide') }]);
    const { session } = await upload('all-locked.zip', archive);
    expect(session.status).toBe('failed');
    const rows = await context.db.select().from(documents).where(eq(documents.sessionId, session.id));
    expect(rows).toHaveLength(2);
  });
});
