import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { createLogger } from '#lib/log.ts';
import { prepareDatabase } from '#lib/prepare-database.ts';
import { startPostgres } from '#scripts/supervisor/postgres.ts';
import { templateName, withDatabase } from './database.ts';

/** One real server for the run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-postgres-'));
  // Nothing here must survive a power cut, and others may use the machine too.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' };
  const server = await startPostgres({ dataDir, settings });
  const url = withDatabase(server.url, 'postgres');
  const sql = postgres(url, { max: 1 });
  await sql.unsafe(`create database ${templateName}`);
  await sql.end();
  const template = withDatabase(url, templateName);
  await prepareDatabase(template, createLogger('test', 'silent'));
  project.provide('postgresUrl', url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await rm(dirname(server.dir), { recursive: true, force: true });
  };
}
