import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveUpload } from '#lib/files/receive.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const limits = () => ({ dir: context.spoolDir, maxFileBytes: 1000, maxRequestBytes: 2500 });
const spooled = () => readdir(context.spoolDir).catch(() => []);

async function multipart(files: Record<string, string>, fields: Record<string, string> = {}): Promise<Request> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name);
  const made = new Request('http://127.0.0.1/api/sessions', { method: 'POST', body: form });
  return new Request(made.url, { method: 'POST', body: await made.arrayBuffer(), headers: made.headers });
}

const headers = { 'content-type': 'multipart/form-data; boundary=B' };
const partOf = (field: string, name: string, content: string) =>
  `--B\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n\r\n${content}`;

/** A body that comes chunk by chunk, and whose connection is lost after the last one. */
function streamed(chunks: readonly string[]): Request {
  const left = [...chunks];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.error(new Error('the connection was lost'));
      else controller.enqueue(new TextEncoder().encode(next));
    },
  });
  // Not in the types: a body that is a stream needs it.
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://127.0.0.1/', init);
}

describe('receiveUpload', () => {
  it('spools each file and tells its type by its content', async () => {
    const { files, fields } = await receiveUpload(
      await multipart({ 'ä.txt': 'hello', 'b.pdf': '%PDF-1.4 x' }, { schema: 'invoice' }),
      limits(),
    );
    expect(files.map(({ name, bytes, type }) => [name, bytes, type])).toEqual([
      ['ä.txt', 5, 'txt'],
      ['b.pdf', 10, 'pdf'],
    ]);
    expect(fields).toEqual({ schema: 'invoice' });
  });

  it.each([
    ['an empty file', { 'a.txt': 'x', 'empty.txt': '' }, 422, 'empty.txt is empty'],
    ['a large file', { 'a.txt': 'x', 'large.txt': 'y'.repeat(1001) }, 413, 'large.txt is larger'],
    ['an unknown kind', { 'a.txt': 'x', 'b.bin': '\u0000\u0001\u0002' }, 415, 'b.bin'],
    [
      'too much in all',
      { 'a.txt': 'y'.repeat(900), 'b.txt': 'y'.repeat(900), 'c.txt': 'y'.repeat(900) },
      413,
      'together',
    ],
  ])('refuses %s by name and leaves nothing behind', async (_what, files, status, text) => {
    const before = await spooled();
    const refusal = receiveUpload(await multipart(files), limits());
    await expect(refusal).rejects.toMatchObject({ status });
    await expect(refusal).rejects.toThrow(text);
    expect(await spooled()).toEqual(before);
  });

  it('looks at every file, so that all that are refused are named at once', async () => {
    const before = await spooled();
    const large = 'y'.repeat(1001);
    const form = await multipart({ 'large.txt': large, 'b.bin': '\u0000\u0001', 'good.txt': 'x', 'empty.txt': '' });
    const refusal = await receiveUpload(form, limits()).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 413, code: 'too_large' });
    expect(refusal).toHaveProperty(
      'details.files',
      [
        ['large.txt', 'too_large'],
        ['b.bin', 'unsupported_file'],
        ['empty.txt', 'empty_file'],
      ].map(([name, code]) => expect.objectContaining({ name, code })),
    );
    expect(await spooled()).toEqual(before);
  });

  it('refuses a body that breaks off', async () => {
    const whole = await multipart({ 'a.txt': 'hello' });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const half = new Request(whole.url, {
      method: 'POST',
      body: bytes.subarray(0, bytes.length - 30),
      headers: whole.headers,
    });
    await expect(receiveUpload(half, limits())).rejects.toMatchObject({ status: 400, code: 'body_cut_off' });
  });

  it('leaves nothing behind when the client disconnects in the middle of the second file', async () => {
    const before = await spooled();
    const upload = receiveUpload(
      streamed([partOf('files', 'a.txt', 'x'), '\r\n', partOf('files', 'b.txt', 'y')]),
      limits(),
    );
    await expect(upload).rejects.toMatchObject({ status: 400, code: 'body_cut_off' });
    expect(await spooled()).toEqual(before);
  });

  it('leaves nothing behind when a file passes the limit of the request', async () => {
    const before = await spooled();
    const files = ['a.txt', 'b.txt', 'c.txt'].flatMap((name) => [partOf('files', name, 'y'.repeat(900)), '\r\n']);
    await expect(receiveUpload(streamed(files), limits())).rejects.toMatchObject({
      status: 413,
      code: 'request_too_large',
    });
    expect(await spooled()).toEqual(before);
  });

  it('survives a body that ends inside a part that is not wanted', async () => {
    const cut = new Request('http://127.0.0.1/', { method: 'POST', body: partOf('other', 'a.txt', 'x'), headers });
    await expect(receiveUpload(cut, limits())).rejects.toMatchObject({ status: 400, code: 'body_cut_off' });
  });

  it('refuses what is not multipart', async () => {
    const request = new Request('http://127.0.0.1/', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    await expect(receiveUpload(request, limits())).rejects.toMatchObject({ status: 415 });
  });
});
