import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, removeData, startApp } from '#tests/support/app.ts';

let app: App;
let documentId: string;
const text = 'Invoice number: A-1\nTotal: 5.00\n';
const name = 'Rechnung “März”.txt';

beforeAll(async () => {
  app = await startApp();
  const response = await upload(formOf({ [name]: text }, { schema: 'invoice' }));
  const { session } = await response.json();
  documentId = session.documents[0].id;
}, 240_000);
afterAll(async () => {
  await app.stop();
  await removeData(app);
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { headers, redirect: 'manual' });
const upload = (body: FormData, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/sessions`, { method: 'POST', body, headers, redirect: 'manual' });
const asPage = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const sessions = async () => (await (await get('/api/sessions')).json()).count.number;

function formOf(files: Record<string, string>, fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  for (const [file, content] of Object.entries(files)) form.append('files', new Blob([content]), file);
  return form;
}

/** On a connection of its own, which is broken off when the body is refused. Gives the status. */
async function postAlone(path: string, body: Response): Promise<number> {
  const headers = Object.fromEntries(body.headers);
  const sent = request(app.url + path, { method: 'POST', headers, agent: false });
  const answered = once(sent, 'response').catch(() => []);
  // The answer counts, not whether all was sent.
  sent.on('error', () => undefined);
  sent.end(Buffer.from(await body.arrayBuffer()));
  const [answer]: IncomingMessage[] = await answered;
  sent.destroy();
  // Broken off before it came: refused, too.
  return answer?.statusCode ?? 413;
}

describe("Next's own entry points", () => {
  it('resize no image, for nobody', async () => {
    const address = `/_next/image?url=${encodeURIComponent(`/api/document/${documentId}/file`)}&w=640&q=75`;
    for (const headers of [undefined, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }])
      expect((await get(address, headers)).status).toBe(404);
    // Were the guard ever passed, Next itself has none.
    expect((await get('/_next/image%2f?url=/icon.svg&w=640&q=75')).status).toBe(404);
  });

  it('are not led elsewhere by headers that Next sends to itself', async () => {
    const inner = {
      'x-middleware-subrequest': 'middleware:middleware:middleware',
      'x-middleware-rewrite': '/api/sessions',
      'x-matched-path': '/api/sessions',
      'x-invoke-path': '/api/sessions',
      'x-nextjs-data': '1',
    };
    const answer = await get('/sessions/new', inner);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<h1');
    expect((await get('/_next/data/build/sessions.json', inner)).status).toBe(404);
    const unknown = await fetch(`${app.url}/sessions/new`, {
      method: 'POST',
      body: '[]',
      headers: { 'next-action': 'ab' },
    });
    expect(unknown.status).toBeGreaterThanOrEqual(400);
  });

  it('run no action for another site, and none with a large body', async () => {
    const page = await (await get('/sessions/new')).text();
    const action = /name="(\$ACTION_ID_[^"]+)"/.exec(page)?.[1] ?? '';
    expect(action).not.toBe('');
    const act = (headers: Record<string, string>, extra = '') => {
      const body = formOf({}, { [action]: '', extra });
      return fetch(`${app.url}/sessions/new`, { method: 'POST', body, headers, redirect: 'manual' });
    };
    const before = await sessions();
    expect((await act({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await act({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect(await sessions()).toBe(before);
    const own = await act({ origin: app.url, 'x-forwarded-host': 'evil.example' });
    expect([own.status, own.headers.get('location')]).toEqual([303, '/sessions']);
    expect(await sessions()).toBe(before + 1);
    const large = new Response(formOf({}, { [action]: '', extra: 'x'.repeat(1_200_000) }));
    expect(await postAlone('/sessions/new', large)).toBeGreaterThanOrEqual(400);
    expect(await sessions()).toBe(before + 1);
  });
});

describe('a page', () => {
  it.each(['/sessions', '/sessions/new', '/no-such-page'])('runs only its own scripts: %s', async (path) => {
    const policies = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const answer = await get(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy.match(/script-src [^;]*/)?.[0]).not.toContain('unsafe-inline');
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(3);
      expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
      policies.add(policy);
    }
    expect(policies.size).toBe(2);
  });
});

describe('the original of a document', () => {
  const path = () => `/api/document/${documentId}/file`;

  it('comes with its length, to be saved and never shown', async () => {
    const answer = await get(path());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': String(text.length),
      'accept-ranges': 'bytes',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent(name));
    expect(await answer.text()).toBe(text);
    const head = await fetch(app.url + path(), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(text.length)]);
  });

  it('comes in parts', async () => {
    const answer = await get(path(), { range: 'bytes=8-13' });
    expect([answer.status, await answer.text()]).toEqual([206, text.slice(8, 14)]);
    expect(answer.headers.get('content-length')).toBe('6');
    expect(answer.headers.get('content-range')).toBe(`bytes 8-13/${text.length}`);
    const beyond = await get(path(), { range: `bytes=${text.length}-` });
    expect([beyond.status, (await beyond.json()).error.code]).toEqual([416, 'beyond_end']);
  });

  it('is refused in a sentence when it is unknown, or the storage cannot be reached', async () => {
    const unknown = await get('/api/document/%00/file');
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, 'unknown_document']);
    const folder = join(app.dataDir, 'storage');
    await rename(folder, `${folder}.away`);
    await replaceByFile(folder);
    const away = await get(path());
    await rm(folder);
    await rename(`${folder}.away`, folder);
    expect([away.status, (await away.json()).error.code]).toEqual([503, 'storage_unavailable']);
    expect((await get(path())).status).toBe(200);
  });
});

it('streams events, beginning with one that says that it is connected', async () => {
  const stop = new AbortController();
  const answer = await fetch(`${app.url}/api/events`, { signal: stop.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const first = await answer.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe('event: ready\ndata: {}\n\n');
  stop.abort();
});

it('takes no more JSON than a call needs', async () => {
  const body = JSON.stringify({ ids: ['x'.repeat(2 * 1024 * 1024)] });
  const answer = await fetch(`${app.url}/api/sessions/bulk`, { method: 'POST', body });
  expect([answer.status, (await answer.json()).error.code]).toEqual([413, 'body_too_large']);
});

describe('a form that is sent without JavaScript', () => {
  it('leads to All Sessions', async () => {
    const answer = await upload(formOf({ 'b.txt': text }, { schema: 'invoice', name: '', priority: '' }), asPage);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sessions']);
  });

  it('comes back with what is wrong and what was entered', async () => {
    const before = await sessions();
    const form = formOf(
      { 'empty.txt': '', 'odd.bin': '\u0000\u0001' },
      { schema: 'invoice', name: 'Mine & <b>yours</b>' },
    );
    const answer = await upload(form, asPage);
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain('HttpOnly; SameSite=Strict');
    const page = await (await get(answer.headers.get('location') ?? '', { cookie: cookie.split(';')[0] ?? '' })).text();
    expect(page).toContain('empty.txt is empty');
    expect(page).toContain('Mine &amp; &lt;b&gt;yours');
    expect(await sessions()).toBe(before);
  });

  it('is not taken from another site', async () => {
    const form = formOf({ 'b.txt': text }, { schema: 'invoice' });
    expect((await upload(form, { ...asPage, origin: 'http://evil.example' })).status).toBe(403);
  });
});

/** A worker that writes just now makes the folder again: then that one goes too. */
async function replaceByFile(folder: string): Promise<void> {
  for (;;) {
    try {
      return await writeFile(folder, 'not a folder');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EISDIR')) throw error;
      await rm(folder, { recursive: true });
    }
  }
}
