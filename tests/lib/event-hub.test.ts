import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventHub } from '#lib/event-hub.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { removeSession } from '#lib/sessions/remove.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

/** Reads whole frames of a stream until one satisfies. */
async function nextFrame(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  holds: (frame: string) => boolean,
): Promise<string> {
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the stream ended; it had ${text}`);
    text += new TextDecoder().decode(value);
    const found = text.split('\n\n').find((frame) => holds(frame));
    if (found) return found;
  }
}

const dataOf = (frame: string) =>
  JSON.parse(
    frame
      .split('\n')
      .find((line) => line.startsWith('data: '))
      ?.slice(6) ?? 'null',
  );
const newSession = async (name: string) =>
  createSession(context, { files: [await spoolText(context, name, name)], schema: 'invoice' });

describe('the event hub', () => {
  it('tells a client first that it is connected, then sends a whole summary row of each change', async () => {
    const hub = await eventHub(context);
    const stop = new AbortController();
    const reader = hub.open(null, stop.signal).getReader();
    expect(await nextFrame(reader, (frame) => frame.includes('event: ready'))).toContain('ready');
    const id = await newSession('one.txt');
    const created = dataOf(await nextFrame(reader, (frame) => frame.includes(id)));
    expect(created).toMatchObject({ id, name: 'one.txt', status: 'processing', schema: { slug: 'invoice' } });
    await cancelSession(context, id);
    const cancelled = await nextFrame(reader, (frame) => frame.includes(id) && frame.includes('cancelled'));
    expect(dataOf(cancelled)).toMatchObject({ status: 'cancelled', failure: { reason: 'cancelled' } });
    await removeSession(context, id);
    expect(dataOf(await nextFrame(reader, (frame) => frame.includes('event: deleted')))).toEqual({ id });
    stop.abort();
    expect((await reader.read()).done).toBe(true);
  });

  it('sends a client that asks for one session nothing of the others', async () => {
    const hub = await eventHub(context);
    const mine = await newSession('mine.txt');
    const stop = new AbortController();
    const reader = hub.open(mine, stop.signal).getReader();
    await nextFrame(reader, (frame) => frame.includes('event: ready'));
    const other = await newSession('other.txt');
    await cancelSession(context, mine);
    let seen = '';
    await nextFrame(reader, (frame) => {
      seen += frame;
      return frame.includes('cancelled');
    });
    expect(seen).not.toContain(other);
    stop.abort();
  });

  it('gathers changes that follow each other fast, and ends with the newest', async () => {
    const hub = await eventHub(context);
    const id = await newSession('fast.txt');
    const stop = new AbortController();
    const reader = hub.open(id, stop.signal).getReader();
    await nextFrame(reader, (frame) => frame.includes('event: ready'));
    const changes = 30;
    for (let change = 1; change < changes; change++) await setPriority(context, id, change % 2 ? 'high' : 'normal');
    await setPriority(context, id, 'low');
    let frames = 0;
    await nextFrame(reader, (frame) => {
      if (frame.includes('event: session')) frames += 1;
      return frame.includes('"priority":"low"');
    });
    expect(frames).toBeLessThan(changes);
    stop.abort();
  });
});
