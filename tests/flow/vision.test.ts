import { Readable } from 'node:stream';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageInput } from '#lib/core/schema/definition.ts';
import { spool, type SpooledFile } from '#lib/files/spool.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type ModelCall, type ModelServer, type Reply, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const gold = { answer: { code: { quote: 'ZX-41', value: 'ZX-41' } } };
let answer: (call: ModelCall) => Reply = () => gold;
let server: ModelServer;
let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  server = await startModelServer({ answer: (call) => answer(call) });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  context = worker.context;
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

async function pdf(lines = ['Ticket of the harbour ferry', 'Code: ZX-41']): Promise<SpooledFile> {
  const made = await PDFDocument.create();
  // The same bytes whenever it is made.
  made.setCreationDate(new Date(0));
  made.setModificationDate(new Date(0));
  const page = made.addPage([200, 300]);
  const font = await made.embedFont(StandardFonts.Helvetica);
  for (const [index, line] of lines.entries()) page.drawText(line, { x: 20, y: 250 - index * 20, size: 12, font });
  const bytes = await made.save();
  return spool(context.spoolDir, 'ticket.pdf', Readable.from([bytes]), { maxBytes: bytes.byteLength });
}

/** Extracts under a schema with this input; gives the calls that were made for it. */
async function callsFor(file: SpooledFile, input: PageInput): Promise<ModelCall[]> {
  const before = server.calls.length;
  const properties = { code: { type: 'string' } };
  await putSchema(context, {
    slug: 'ticket',
    definition: { name: 'Ticket', input, fields: { type: 'object', properties } },
  });
  const session = await worker.finished(await createSession(context, { files: [file], schema: 'ticket' }));
  const { accounts } = await getResults(context, { sessionId: session.id });
  expect(accounts[0]?.fields).toMatchObject([{ path: 'code', value: 'ZX-41', state: 'found' }]);
  return server.calls.slice(before);
}

const textOf = (call: ModelCall | undefined) => call?.messages[0]?.content ?? '';

/** Width and height of a PNG in a data URL. */
function sizeOf(picture: string | null | undefined): [number, number] {
  const [head, data = ''] = (picture ?? '').split(',');
  expect(head).toBe('data:image/png;base64');
  const bytes = Buffer.from(data, 'base64');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('a schema that shows pages to the model', () => {
  it('sends the picture alone, the words alone, or both; each is a request of its own', async () => {
    const [asText] = await callsFor(await pdf(), 'text');
    expect(asText?.picture).toBeNull();
    expect(textOf(asText)).toContain('ZX-41');
    const [asImage] = await callsFor(await pdf(), 'image');
    const [width, height] = sizeOf(asImage?.picture);
    expect(height / width).toBeCloseTo(1.5, 2);
    expect(textOf(asImage)).not.toContain('ZX-41');
    const [asBoth] = await callsFor(await pdf(), 'both');
    expect(asBoth?.picture).toBe(asImage?.picture);
    expect(textOf(asBoth)).toContain('ZX-41');
    expect(await callsFor(await pdf(), 'both')).toEqual([]);
  });

  it('shows the words of a file that looks like nothing', async () => {
    const [call] = await callsFor(await spoolText(context, 'ticket.txt', 'Ticket\nCode: ZX-41'), 'image');
    expect(call?.picture).toBeNull();
    expect(textOf(call)).toContain('ZX-41');
  });

  it('goes on by the words of each half, beside the picture, when an answer is cut short', async () => {
    answer = (call) => (call.pageText === '' ? { text: '{', finishReason: 'length' } : gold);
    const longer = await pdf(['Ticket', 'Code: ZX-41', 'Valid today', 'Not for sale']);
    const [whole, first, second] = await callsFor(longer, 'image');
    expect(textOf(whole)).not.toContain('ZX-41');
    for (const half of [first, second]) {
      expect(half?.picture).toBe(whole?.picture);
      expect(textOf(half)).toContain('read only what stands between the lines');
    }
  });
});
