import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLiveEvent } from '#app/live/live-event.ts';
import { createSession } from '#lib/sessions/create.ts';
import { summarise } from '#lib/sessions/summary.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

describe('a frame of the event stream', () => {
  it('is read as the server sends it', async () => {
    const id = await createSession(context, { files: [await spoolText(context, 'a.txt', 'a')], schema: 'invoice' });
    const [session] = await summarise(context.db, [id]);
    expect(parseLiveEvent({ event: 'session', data: JSON.stringify(session) })).toEqual({ kind: 'session', session });
    expect(parseLiveEvent({ event: 'deleted', data: JSON.stringify({ id }) })).toEqual({ kind: 'deleted', id });
  });

  it.each([
    ['session', '{"id":"1","status":"a status of a newer version"}'],
    ['session', '{"id":'],
    ['deleted', '{"ids":["1"]}'],
    ['an event of a newer version', '{}'],
  ])('makes the tab read again when it cannot be read: %s %s', (event, data) => {
    expect(parseLiveEvent({ event, data })).toEqual({ kind: 'ready' });
  });
});
