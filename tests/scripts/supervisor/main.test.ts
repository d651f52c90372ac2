import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '#scripts/supervisor/postgres.ts';
import { isAlive } from '#scripts/supervisor/process-facts.ts';
import { type App, failToStart, removeData, startByNpm, startEmbedded, stopEarly } from '#tests/support/app.ts';
import { until } from '#tests/support/context.ts';

const get = async (app: App, path: string) => (await fetch(app.url + path)).json();

async function upload(app: App, text: string): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([text]), 'a.txt');
  form.append('schema', 'invoice');
  const response = await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form });
  const { session } = await response.json();
  return session.id;
}

/** The processes that a start has made, by their number in its log. */
const pidsOf = (app: App) =>
  [...app.output().matchAll(/"name":"(?:web|worker)","pid":(\d+)/g)].map(([, pid]) => Number(pid));

async function databasePid(app: App): Promise<number> {
  const { dir } = JSON.parse(app.output().match(/^.*database started.*$/m)?.[0] ?? '{}');
  return Number((await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

describe('npm start', () => {
  it('starts, stops without leaving a process, and recovers from a kill of everything', async () => {
    const first = await startEmbedded();
    // A page comes first for most: nothing of ours has been called before.
    const listed = await (await fetch(`${first.url}/schemas`)).text();
    expect(listed.includes('Bank statement')).toBe(true);
    expect(await get(first, '/api/health')).toMatchObject({ success: true });
    const page = await fetch(`${first.url}/sessions`);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect((await fetch(`${first.url}/api/health`)).headers.get('content-security-policy')).toBeNull();
    const pids = pidsOf(first);
    expect(pids.length).toBeGreaterThanOrEqual(2);
    const done = await upload(first, 'Invoice number: A-1\nTotal: 5.00');
    await until(
      () => get(first, `/api/sessions/${done}`),
      ({ session }) => session.status === 'in_progress',
    );
    // As the power goes: nobody can say goodbye.
    const waiting = await upload(first, 'Invoice number: A-2\nTotal: 6.00');
    first.process.kill('SIGKILL');
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');

    const second = await startEmbedded({ PORT: String(first.port) }, first.dataDir);
    expect(second.output()).toMatch(/took over the database|database started/);
    expect((await get(second, `/api/sessions/${done}`)).session.status).toBe('in_progress');
    await until(
      () => get(second, `/api/sessions/${waiting}`),
      ({ session }) => session.status === 'in_progress',
    );
    const all = pidsOf(second);
    expect(await second.stop()).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
    await removeData(second);
  });

  it('ends its children when it is killed itself', async () => {
    const app = await startEmbedded();
    const pids = pidsOf(app);
    app.process.kill('SIGKILL');
    await until(
      async () => pids.filter(isAlive),
      (alive) => alive.length === 0,
    );
    // The database is left to the next start, which takes it over.
    const next = await startEmbedded({}, app.dataDir);
    expect(next.output()).toContain('took over the database left running');
    await next.stop();
    await removeData(next);
  });

  it('keeps the database running, refuses a second start on its data, and ends with npm', async () => {
    const app = await startByNpm();
    const second = await failToStart({ DATA_DIR: app.dataDir, PORT: String(await freePort()) });
    expect(second).toMatchObject({ code: 1 });
    expect(second.output).toContain('Sluice is already running on this data directory');

    process.kill(await databasePid(app), 'SIGKILL');
    await until(
      async () => app.output(),
      (output) => output.includes('the database ended and is being restarted'),
    );
    await until(
      async () => (await fetch(`${app.url}/api/health`)).status,
      (status) => status === 200,
    );
    const database = await databasePid(app);
    const pids = [...pidsOf(app), database];
    app.process.kill('SIGTERM');
    await until(
      async () => pids.filter(isAlive),
      (alive) => alive.length === 0,
    );
    await removeData(app);
  });

  it('leaves nothing behind when it is stopped while it starts', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-early-'));
    const { code, output } = await stopEarly({ DATA_DIR: dir, PORT: String(await freePort()) }, 'database started');
    expect(code).toBe(0);
    expect(output).not.toContain('is ready');
    expect(existsSync(join(dir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(dir, 'sluice.pid'))).toBe(false);
    await rm(dir, { recursive: true });
  });

  it('says that no database answers, without its password', async () => {
    const { code, output } = await failToStart({
      DATABASE_URL: `postgres://someone:secret@127.0.0.1:${await freePort()}/none`,
      DATA_DIR: join(tmpdir(), 'sluice-no-database'),
      PORT: String(await freePort()),
    });
    expect(code).toBe(1);
    expect(output).toContain('check DATABASE_URL');
    expect(output).not.toContain('secret');
  });

  it('says in one sentence that the port is taken', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    const { code, output } = await failToStart({ PORT: String(port), DATA_DIR: join(tmpdir(), 'sluice-never') });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken`);
  });

  it('names every wrong variable and the fix', async () => {
    const { code, output } = await failToStart({ PORT: 'abc', OCR_ENGINE: 'magic' });
    expect(code).toBe(1);
    expect(output).toContain('PORT must be a port number');
    expect(output).toContain('OCR_ENGINE must be auto, tesseract, js or paddle');
  });

  it('says that the data directory cannot be used', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sluice-file-'));
    await writeFile(join(dir, 'taken'), '');
    const { code, output } = await failToStart({ DATA_DIR: join(dir, 'taken'), PORT: String(await freePort()) });
    await rm(dir, { recursive: true });
    expect(code).toBe(1);
    expect(output).toContain('cannot be used');
    expect(output).toContain('DATA_DIR');
  });
});
