import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventHub, openEventHub } from '#app/api/events/hub.ts';
import { DatabaseUnavailable } from '#lib/db/unavailable.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
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
    await deleteSession(context, id);
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
    await nextFrame(reader, (frame) => frame.includes(id));
    const changes = 30;
    // One transaction, so that they come at once, however slow the machine is; equal ones would be merged by PostgreSQL.
    await context.db.execute(sql`
      select pg_notify('sluice_sessions', ${JSON.stringify({ changed: [id] })} || repeat(' ', number))
      from generate_series(1, ${changes}::int) as number`);
    await setPriority(context, { id, priority: 'low' });
    let seen = '';
    while (!seen.includes('"priority":"low"')) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended; it had ${seen}`);
      seen += new TextDecoder().decode(value);
    }
    expect(seen.split('event: session').length - 1).toBeLessThan(changes / 2);
    stop.abort();
  });

  it('refuses more clients than it serves, and says when to come back', async () => {
    const hub = await openEventHub(context, { maxClients: 2, maxBufferedBytes: 10_000 });
    const stops = [new AbortController(), new AbortController()];
    for (const stop of stops) hub.open(null, stop.signal);
    const refused = () => hub.open(null, new AbortController().signal);
    expect(refused).toThrow(expect.objectContaining({ status: 503, code: 'too_many_streams', retryAfterSeconds: 10 }));
    for (const stop of stops) stop.abort();
    expect(hub.clients()).toBe(0);
    await hub.open(null, new AbortController().signal).cancel();
    expect(hub.clients()).toBe(0);
  });

  it('forgets a client that was gone before its stream opened', async () => {
    const hub = await openEventHub(context);
    const reader = hub.open(null, AbortSignal.abort()).getReader();
    expect((await reader.read()).done).toBe(true);
    expect(hub.clients()).toBe(0);
  });

  it('breaks the stream of a client that does not read, and serves the others on', async () => {
    const hub = await openEventHub(context, { maxClients: 9, maxBufferedBytes: 3000 });
    const idle = hub.open(null, new AbortController().signal);
    const stop = new AbortController();
    const reader = hub.open(null, stop.signal).getReader();
    await nextFrame(reader, (frame) => frame.includes('event: ready'));
    const id = await newSession('busy.txt');
    for (let change = 0; hub.clients() === 2; change++) {
      const priority = change % 2 ? 'normal' : 'high';
      await setPriority(context, { id, priority });
      await nextFrame(reader, (frame) => frame.includes(id) && frame.includes(`"priority":"${priority}"`));
    }
    expect(hub.clients()).toBe(1);
    await expect(idle.getReader().read()).rejects.toThrow('wait for an event stream');
    stop.abort();
  });

  it('sends changes whose query failed once the database is back', async () => {
    let failures = 2;
    const outage = new Proxy(context.db, {
      get(db, key, receiver) {
        if (failures > 0 && key !== 'then') {
          failures -= 1;
          throw new DatabaseUnavailable('the database cannot be reached');
        }
        return Reflect.get(db, key, receiver);
      },
    });
    const hub = await openEventHub({ ...context, db: outage });
    const stop = new AbortController();
    const reader = hub.open(null, stop.signal).getReader();
    const id = await newSession('during an outage.txt');
    expect(dataOf(await nextFrame(reader, (frame) => frame.includes(id)))).toMatchObject({ id });
    expect(failures).toBe(0);
    stop.abort();
  });
});
