import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { owner } from '#lib/core/actor.ts';
import { type Context, openServices } from '#lib/context.ts';
import { oldestProgram } from '#lib/db/version.ts';
import { parseEnv } from '#lib/env.ts';
import { spool } from '#lib/files/spool.ts';
import { createLogger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { startPostgres } from '#scripts/supervisor/postgres.ts';
import { until } from '#tests/support/context.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';

const sessions = 30;
const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim();
const journal = z.object({ entries: z.array(z.unknown()) });

/** The newest commit whose program is the oldest that the database still allows. */
function oldestCommit(): string {
  const path = 'drizzle/meta/_journal.json';
  for (const changed of git('log', '--format=%H', '--', path).split('\n')) {
    const { entries } = journal.parse(JSON.parse(git('show', `${changed}:${path}`)));
    if (entries.length === oldestProgram + 1) return git('rev-parse', `${changed}^`);
  }
  throw new Error(`no commit has the program of version ${oldestProgram}: the history of the repository is needed`);
}

/**
 * A rolling upgrade with real programs: a database made by the oldest program allowed, its worker, then this version's
 * migration, its worker and a new version of a schema, all at once.
 */
export async function verifyUpgrade(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sluice-upgrade-'));
  const old = join(dir, 'old');
  await using stops = new AsyncDisposableStack();
  stops.defer(() => rm(dir, { recursive: true, force: true }));
  const commit = oldestCommit();
  git('worktree', 'add', '--detach', old, commit);
  stops.defer(() => void git('worktree', 'remove', '--force', old));
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: old, stdio: 'ignore' });
  const postgres = await startPostgres({ dataDir: dir });
  stops.defer(async () => {
    await postgres.stop();
    await rm(dirname(postgres.dir), { recursive: true, force: true });
  });
  const env = parseEnv({ DATABASE_URL: postgres.url, DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'silent' });
  migrateWith(old, postgres.url);
  const started: { old: Set<string>; new: Set<string> } = { old: new Set(), new: new Set() };
  const note = (which: 'old' | 'new') => (line: string) => {
    const document = /"document":"([0-9a-f-]{36})"/.exec(line)?.[1];
    if (document) started[which].add(document);
  };
  const oldWorker = spawnOld(old, env, note('old'));
  stops.defer(() => void oldWorker.kill('SIGKILL'));
  const log = createLogger('verify', 'silent');
  await prepareDatabase(postgres.url, log);
  const context = { ...(await openServices('verify', env, { monitor: false, log })), actor: owner };
  stops.defer(() => context.close());
  const newWorker = await startWorkerProcess(context, { LOG_LEVEL: 'info' }, note('new'));
  stops.defer(() => newWorker.kill());
  const ids = await uploadAcrossVersions(context);
  await until(
    async () => (await Promise.all(ids.map((id) => getSession(context, id)))).map(({ status }) => status),
    (all) => all.every((status) => status === 'in_progress'),
    300_000,
  );
  if (oldWorker.exitCode !== null || newWorker.process.exitCode !== null) throw new Error('a worker ended');
  if (started.old.size === 0 || started.new.size === 0)
    throw new Error(`not both worked: old ${started.old.size}, new ${started.new.size} documents`);
  return `${sessions} sessions; old worker (${commit.slice(0, 7)}) ${started.old.size}, new worker ${started.new.size} documents`;
}

function migrateWith(old: string, url: string): void {
  const script = existsSync(join(old, 'scripts/migrate.ts'))
    ? `await import('./scripts/migrate.ts')`
    : `const { migrate } = await import('./lib/db/migrate.ts'); await migrate(process.env.DATABASE_URL);
       const { openQueue } = await import('./lib/queue.ts');
       const queue = await openQueue(process.env.DATABASE_URL, { monitor: false, log: { warn() {} } }); await queue.close();`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: old,
    env: { ...process.env, DATABASE_URL: url },
  });
}

function spawnOld(old: string, env: Context['env'], onLine: (line: string) => void) {
  const { DATABASE_URL = '', DATA_DIR } = env;
  const child = spawn(process.execPath, ['worker/main.ts'], {
    cwd: old,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', DATABASE_URL, DATA_DIR, WORKER_READERS: '1' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  return child;
}

/** Half of them under the schema's version before, half under one made while the others run. */
async function uploadAcrossVersions(context: Context): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < sessions; index += 1) {
    if (index === sessions / 2) {
      const { definition } = await getSchema(context, { slug: 'invoice' });
      await putSchema(context, { slug: 'invoice', definition: { ...definition, instructions: 'Read it carefully.' } });
    }
    const text = Readable.from([Buffer.from(`Invoice number: A-${index}\nTotal: ${index}.00`)]);
    const file = await spool(context.spoolDir, `${index}.txt`, text, { maxBytes: 1_000_000 });
    ids.push(await createSession(context, { files: [file], schema: 'invoice' }));
  }
  return ids;
}
