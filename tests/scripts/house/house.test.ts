import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureHouse } from '#scripts/house/measure.ts';
import { readSources } from '#scripts/house/source.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sluice-house-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

it('is in order: no cycle, no two rooms that import each other, no import that the table forbids', () => {
  const { cycles, pairs, violations, files } = measureHouse(readSources(process.cwd()));
  expect({ cycles, pairs, violations }).toEqual({ cycles: [], pairs: [], violations: [] });
  expect(files).toBeGreaterThan(500);
});

it('finds cycles by types, and pairs of rooms, in whatever form the import is written', async () => {
  await write({
    'lib/db/a.ts': "import type { B } from './b.ts';\nexport type A = B;\n",
    'lib/db/b.ts': "export type B = import('./a.ts').A | import('../../lib/queue/c.ts').C;\n",
    'lib/queue/c.ts': "export type { A as C } from '#lib/db/a.ts';\n",
    'lib/queue/d.ts': "export const d = () => import('./d.ts');\n",
  });
  const { cycles, pairs, violations } = measureHouse(readSources(root));
  expect(cycles).toEqual([['lib/db/a.ts', 'lib/db/b.ts', 'lib/queue/c.ts'], ['lib/queue/d.ts']]);
  expect(pairs).toEqual([['lib/db', 'lib/queue']]);
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatch(/^lib\/db\/b\.ts:1 lib\/db may not import lib\/queue/);
});

it('is enforced by the linter', async () => {
  await write({
    '.oxlintrc.json': JSON.stringify({
      jsPlugins: [join(process.cwd(), 'scripts/house/plugin.ts')],
      rules: { 'house/rooms': 'error' },
    }),
    'lib/core/values/open.ts': "import { openPool } from '../../db/pool.ts';\n\nexport const open = openPool;\n",
  });
  const oxlint = join(process.cwd(), 'node_modules/.bin/oxlint');
  const run = promisify(execFile)(oxlint, ['lib/core/values'], { cwd: root });
  await expect(run).rejects.toMatchObject({ stdout: expect.stringContaining('lib/core/values may not import lib/db') });
});
