import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '#scripts/postgres.ts';
import { type App, failToStart, removeData, startApp } from '#tests/support/app.ts';
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

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The processes that a start has made, by their number in its log. */
const pidsOf = (app: App) =>
  [...app.output().matchAll(/"name":"(?:web|worker)","pid":(\d+)/g)].map(([, pid]) => Number(pid));

describe('npm start', () => {
  it('starts, stops without leaving a process, and recovers from a kill of everything', async () => {
    const first = await startApp();
    expect(await get(first, '/api/health')).toMatchObject({ success: true });
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

    const second = await startApp({ PORT: String(first.port) }, first.dataDir);
    expect(second.output()).toMatch(/took over the database|database started/);
    expect((await get(second, `/api/sessions/${done}`)).session.status).toBe('in_progress');
    await until(
      () => get(second, `/api/sessions/${waiting}`),
      ({ session }) => session.status === 'in_progress',
      30_000,
    );
    const all = pidsOf(second);
    expect(await second.stop()).toBe(0);
    expect(all.filter(isAlive)).toEqual([]);
    await removeData(second);
  }, 240_000);

  it('ends its children when it is killed itself', async () => {
    const app = await startApp();
    const pids = pidsOf(app);
    app.process.kill('SIGKILL');
    await until(
      async () => pids.filter(isAlive),
      (alive) => alive.length === 0,
      40_000,
    );
    // The database is left to the next start, which takes it over.
    const next = await startApp({}, app.dataDir);
    expect(next.output()).toContain('took over the database left running');
    await next.stop();
    await removeData(next);
  }, 240_000);

  it('says in one sentence that the port is taken', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    const { code, output } = await failToStart({ PORT: String(port), DATA_DIR: join(tmpdir(), 'sluice-never') });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is taken`);
  });

  it('names every wrong variable and the mend', async () => {
    const { code, output } = await failToStart({ PORT: 'abc', OCR_ENGINE: 'magic' });
    expect(code).toBe(1);
    expect(output).toContain('PORT must be a port number');
    expect(output).toContain('OCR_ENGINE must be auto or js');
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
