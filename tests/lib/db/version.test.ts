import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '#lib/db/migrate.ts';
import { checkVersion, oldestProgram, programVersion as program, readVersion } from '#lib/db/version.ts';
import { newId } from '#lib/id.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { listSchemas } from '#lib/schemas/get.ts';
import { reportWorker } from '#lib/workers/registry.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { withDatabase } from '#tests/support/database.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';
import { noSettings } from '#tests/support/no-settings.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const setVersion = (version: number, oldest: number) =>
  context.db.execute(sql`update database_version set version = ${version}, oldest_program = ${oldest}`);

describe('the version of the database', () => {
  it('is recorded by migrating, with the oldest program that may still use it', async () => {
    expect(await readVersion(context.db)).toEqual({ version: program, oldestProgram });
    expect(oldestProgram).toBeLessThanOrEqual(program);
  });

  it('lets a program run on a newer database that still allows it', async () => {
    await setVersion(program + 2, program);
    await expect(checkVersion(context.db)).resolves.toBeUndefined();
  });

  it('refuses a program that is too old for it, and one that is too new, in one sentence each', async () => {
    await setVersion(program + 2, program + 1);
    await expect(checkVersion(context.db)).rejects.toThrow(/older than version \d+ cannot use.*update Sluice/);
    await setVersion(program - 1, 1);
    await expect(checkVersion(context.db)).rejects.toThrow(/needs version \d+: run npm run migrate/);
  });

  it('is not lowered when an older program migrates', async () => {
    await setVersion(program + 1, program);
    await migrate(context.env.DATABASE_URL ?? '');
    expect(await readVersion(context.db)).toEqual({ version: program + 1, oldestProgram: program });
    await setVersion(program, oldestProgram);
  });

  it('is not raised over the head of a running worker that could not go on', async () => {
    const id = newId();
    const worker = { id, name: 'worker-7', host: 'old-host', slots: 1, active: 0, isolation: 'none', publicKey: null };
    // The release before workers recorded their version left it at 0.
    for (const version of [program - 1, 0]) {
      await reportWorker(context.db, { ...worker, version });
      await expect(migrate(context.env.DATABASE_URL ?? '', program)).rejects.toThrow(
        /worker-7 on old-host.*stop or update/,
      );
    }
    await expect(migrate(context.env.DATABASE_URL ?? '')).resolves.toBeUndefined();
    await context.db.execute(sql`delete from workers where id = ${id}`);
    expect(await readVersion(context.db)).toEqual({ version: program, oldestProgram });
  });
});

describe('migrations', () => {
  it('expand first: one that removes or renames something shuts out the programs that still use it', async () => {
    const removes = /\b(drop\s+(table|column|type|schema)|rename\s+(to|column|value)|set\s+not\s+null)\b/i;
    for (const name of (await readdir('drizzle')).filter((file) => file.endsWith('.sql'))) {
      const number = Number(name.slice(0, 4));
      if (number < oldestProgram) continue;
      expect(
        removes.test(await readFile(`drizzle/${name}`, 'utf8')),
        `${name} needs oldestProgram = ${number + 1}`,
      ).toBe(false);
    }
  });
});

describe('a database without npm start', () => {
  it('is made by npm run migrate; until then a worker and the web say so and end', async () => {
    const name = `empty_${randomUUID().replaceAll('-', '')}`;
    const url = withDatabase(context.env.DATABASE_URL ?? '', name);
    await context.db.execute(sql.raw(`create database ${name}`));
    const { PATH = '' } = process.env;
    const run = (script: string) =>
      spawnSync(process.execPath, [script], {
        env: { NODE_ENV: 'production', PATH, ...noSettings, DATABASE_URL: url, DATA_DIR: context.env.DATA_DIR },
        encoding: 'utf8',
      });
    for (const script of ['worker/main.ts', 'scripts/web/main.ts']) {
      const { status, stdout } = run(script);
      expect(status).toBe(1);
      expect(stdout).toContain('The database has no tables yet: run npm run migrate');
      expect(stdout.trim().split('\n')).toHaveLength(1);
    }
    expect(run('scripts/migrate.ts').status).toBe(0);
    const worker = await startWorkerProcess({ env: { ...context.env, DATABASE_URL: url } });
    expect(await worker.stop()).toBe(0);
    await context.db.execute(sql.raw(`drop database ${name} with (force)`));
  }, 240_000);
});

describe('a rolling upgrade', () => {
  it('leaves workers of this version working on the tables of the next one, whatever it notifies', async () => {
    const worker = await startWorkerProcess(context);
    // What a next version may do to the database while this one runs.
    await context.db.execute(sql`alter table documents add column later_idea text`);
    await context.db.execute(sql`alter table sessions add column later_number integer not null default 0`);
    await context.db.execute(sql`create table later_things (id uuid primary key)`);
    await setVersion(program + 1, program);
    for (const channel of ['sluice_orders', 'sluice_sessions', 'sluice_jobs'])
      for (const payload of ['{"kind":"later"}', 'not JSON', '{"changed":"x"}', '[]'])
        await context.db.execute(sql`select pg_notify(${channel}, ${payload})`);
    await context.db.execute(sql`
      insert into pgboss.job (name, data) values ('page-images', '{"later": true}'), ('knowledge', '{"later": true}')`);
    expect((await listSchemas(context)).length).toBeGreaterThan(0);
    const sessionId = await createSession(context, {
      files: [await spoolText(context, 'a.txt', 'Invoice number: A-1\nTotal: 5.00')],
      schema: 'invoice',
    });
    await until(
      async () => (await getSession(context, sessionId)).status,
      (status) => status === 'in_progress',
      120_000,
    );
    expect(worker.process.exitCode).toBeNull();
    expect(await worker.stop()).toBe(0);
  }, 240_000);
});
