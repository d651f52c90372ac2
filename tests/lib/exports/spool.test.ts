import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpools } from '#lib/exports/spool.ts';
import { bytesOf } from '#tests/support/export.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-spool-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('spools', () => {
  it('give all that was written, each its own, from files that have no name', async () => {
    const spools = openSpools(join(dir, 'not-there-yet'));
    const [one, two, empty] = [await spools.open(), await spools.open(), await spools.open()];
    const lines = Array.from({ length: 20_000 }, (_, number) => `line ${number}, 😀\n`);
    for (const line of lines) {
      await one.write(line);
      await two.write(line.toUpperCase());
    }
    expect(await readdir(join(dir, 'not-there-yet'))).toEqual([]);
    expect((await bytesOf(one.read())).toString('utf8')).toBe(lines.join(''));
    expect((await bytesOf(two.read())).toString('utf8')).toBe(lines.join('').toUpperCase());
    expect(await bytesOf(empty.read())).toHaveLength(0);
    await spools.close();
  });

  it('can be closed in the middle of reading, and twice', async () => {
    const spools = openSpools(dir);
    const spool = await spools.open();
    await spool.write('x'.repeat(1_000_000));
    for await (const chunk of spool.read()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await spools.close();
    await spools.close();
  });
});
