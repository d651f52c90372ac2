import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRoutes, type Routes } from '#scripts/web/routes.ts';
import { pathSegments } from '#scripts/web/path.ts';

const verb = (name: string, method: string) =>
  `export async function ${method}(request, { params }) { return Response.json({ ${name}: await params }); }\n`;
/** Route files, and what they export. */
const files = {
  'api/things/route.ts': verb('things', 'GET') + verb('made', 'POST'),
  'api/things/[id]/route.ts': verb('thing', 'GET') + verb('removed', 'DELETE') + 'export const dynamic = "force";',
  'api/things/bulk/route.ts': verb('bulk', 'POST'),
  'api/things/[id]/parts/[part_id]/route.ts': verb('part', 'GET'),
  'assets/[file]/route.ts': verb('asset', 'GET'),
};

let folder: string;
let routes: Routes;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-routes-'));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), content);
  }
  routes = await loadRoutes(folder);
});
afterAll(() => rm(folder, { recursive: true }));

/** What a request gets: its status and body, or null when it is Next's. */
async function ask(method: string, url: string) {
  const handler = routes.find(method, url);
  if (!handler) return null;
  const answer = await handler(new Request('http://localhost', { method }));
  const body = answer.status === 204 ? null : await answer.json();
  return { status: answer.status, allow: answer.headers.get('allow'), body };
}

describe('a request is answered by the file at its path:', () => {
  it.each<[string, string, object]>([
    ['GET', '/api/things', { things: {} }],
    ['POST', '/api/things?q=1', { made: {} }],
    ['GET', '/api/things/', { things: {} }],
    ['GET', '/api/things/7', { thing: { id: '7' } }],
    ['HEAD', '/api/things/7', { thing: { id: '7' } }],
    ['GET', '/api/things/a%2Fb%00', { thing: { id: 'a/b\0' } }],
    ['GET', '/api/things/7/parts/__proto__', { part: { id: '7', part_id: '__proto__' } }],
    ['POST', '/api/things/bulk', { bulk: {} }],
    ['GET', '//api/things/7', { thing: { id: '7' } }],
    ['GET', 'http://elsewhere/%61pi/things/7', { thing: { id: '7' } }],
    ['GET', '/assets/a.bin', { asset: { file: 'a.bin' } }],
  ])('%s %s', async (method, url, body) => {
    expect(await ask(method, url)).toMatchObject({ status: 200, body });
  });
});

describe('a call that does not exist is refused in JSON:', () => {
  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/things//',
    '/api/things//parts/1',
    '/api/things/7/parts',
    '/api/things/%ff',
    '/API/things',
  ])('%s', async (url) => {
    expect(await ask('GET', url)).toMatchObject({
      status: 404,
      body: { success: false, error: { code: 'not_found', message: expect.stringMatching(/\w+ \w+/) } },
    });
  });
});

it('a method that a call does not take is refused with those that it takes', async () => {
  expect(await ask('PUT', '/api/things/7')).toMatchObject({
    status: 405,
    allow: 'GET, DELETE, HEAD, OPTIONS',
    body: { success: false, error: { code: 'method_not_allowed' } },
  });
  // Never the call that only looks like it: `bulk` is no id.
  expect(await ask('GET', '/api/things/bulk')).toMatchObject({ status: 405, allow: 'POST, OPTIONS' });
  expect(await ask('dynamic', '/api/things/7')).toMatchObject({ status: 405 });
  expect(await ask('OPTIONS', '/api/things')).toMatchObject({ status: 204, allow: 'GET, POST, HEAD, OPTIONS' });
});

it.each(['/', '/things', '/assets', '/assets/a/b', '/sessions/api', '/apis'])('%s is left to Next', async (url) => {
  expect(await ask('GET', url)).toBeNull();
});

it('a path that cannot be read has no segments', () => {
  expect(pathSegments('/api/%')).toBeNull();
  expect(pathSegments('http://[')).toBeNull();
});
