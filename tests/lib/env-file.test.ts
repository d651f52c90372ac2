import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-env-file-'));
  await mkdir(join(folder, 'lib'));
  await copyFile('lib/env-file.ts', join(folder, 'lib/env-file.ts'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const settingsSeen = () => {
  const script = "await import('./lib/env-file.ts'); console.log(process.env.PORT, process.env.MODEL)";
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH ?? '', MODEL: '' };
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env });
  return output.toString().trim();
};

it('an empty variable is an absent one', () => {
  expect(settingsSeen()).toBe('undefined undefined');
});

it('settings come from .env, unless the environment has them, even empty', async () => {
  await writeFile(join(folder, '.env'), 'PORT=3957\nMODEL=from-file\n');
  expect(settingsSeen()).toBe('3957 undefined');
});
