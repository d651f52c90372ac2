import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '#app/api/body.ts';

const maxBytes = 1000;

function post(body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}): Request {
  // Node wants `duplex` for a stream; the types of browsers do not know it.
  const init = { method: 'POST', body, headers, duplex: 'half' };
  return new Request('http://127.0.0.1/', init);
}

/** A body that counts how much of it was taken. */
function endless() {
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 100;
      controller.enqueue(new Uint8Array(100).fill(32));
    },
  });
  return { stream, sent: () => sent };
}

describe('the JSON body of a request', () => {
  it('comes through as it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 5 }), async (text) => {
        expect(await readJson(post(text), 1_000_000)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is undefined when it is empty or blank', async () => {
    expect(await readJson(post(' \n'), maxBytes)).toBeUndefined();
    expect(await readJson(new Request('http://127.0.0.1/', { method: 'POST' }), maxBytes)).toBeUndefined();
  });

  it('may be as large as the limit and no larger, whether its length was announced or not', async () => {
    const text = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
    expect(await readJson(post(text(maxBytes)), maxBytes)).toHaveLength(maxBytes - 2);
    const refusal = { status: 413, code: 'body_too_large' };
    await expect(readJson(post(text(maxBytes + 1)), maxBytes)).rejects.toMatchObject(refusal);
    const announced = post('{}', { 'content-length': String(maxBytes + 1) });
    await expect(readJson(announced, maxBytes)).rejects.toMatchObject(refusal);
  });

  it('is not read on beyond the limit', async () => {
    const body = endless();
    await expect(readJson(post(body.stream), maxBytes)).rejects.toMatchObject({ status: 413 });
    expect(body.sent()).toBeLessThan(maxBytes * 2);
  });

  it('says so when it is not JSON, and when it was cut off', async () => {
    await expect(readJson(post('{"a":'), maxBytes)).rejects.toMatchObject({ status: 400, code: 'invalid_json' });
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"a":'));
        controller.error(new Error('the client went away'));
      },
    });
    await expect(readJson(post(broken), maxBytes)).rejects.toMatchObject({ status: 400, code: 'body_cut_off' });
  });

  it('is refused when it is nested so deeply that it would overflow the stack', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(await readJson(post(nested(200)), maxBytes)).toBeInstanceOf(Array);
    const deep = readJson(post(nested(100_000)), 1_000_000);
    await expect(deep).rejects.toMatchObject({ status: 400, code: 'nested_too_deeply' });
  });
});
