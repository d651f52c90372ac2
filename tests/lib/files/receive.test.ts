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

  it('refuses what is not multipart', async () => {
    const request = new Request('http://127.0.0.1/', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    await expect(receiveUpload(request, limits())).rejects.toMatchObject({ status: 415 });
  });
});
