import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepTemporary, temporaryFolder } from '#lib/temporary.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sluice-temporary-'));
});
afterEach(() => rm(root, { recursive: true }));

/** A process that has made its folder and goes on until it is killed. */
async function startOther(): Promise<{ child: ChildProcess; folder: string }> {
  const script = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    import { temporaryFolder } from './lib/temporary.ts';
    const folder = temporaryFolder(${JSON.stringify(root)});
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + '/original', 'left behind');
    console.log(folder);
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [folder] = await once(child.stdout, 'data');
  return { child, folder: basename(String(folder).trim()) };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function age(path: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3600_000);
  await utimes(path, then, then);
}

describe('sweepTemporary', () => {
  it('removes what a killed process left, and nothing of one that runs', async () => {
    const { child, folder } = await startOther();
    await age(join(root, folder), 1000);
    expect(await sweepTemporary(root)).toBe(0);
    expect(await readdir(root)).toEqual([folder]);
    await kill(child);
    expect(await sweepTemporary(root)).toBe(1);
    expect(await readdir(root)).toEqual([]);
  });

  it('keeps what another machine uses, until it was not touched for a day', async () => {
    const own = basename(temporaryFolder(root)).split('-');
    // The same number as a process that does not run here, on a machine or in a container that is not this one.
    const foreign = ['0123456789ab', '4194304', own[2]].join('-');
    await mkdir(join(root, foreign));
    expect(await sweepTemporary(root)).toBe(0);
    await age(join(root, foreign), 25);
    expect(await sweepTemporary(root)).toBe(1);
  });

  it('marks its own folders as in use', async () => {
    const own = temporaryFolder(root);
    await mkdir(own);
    await age(own, 30);
    expect(await sweepTemporary(root)).toBe(0);
    expect(Date.now() - (await stat(own)).mtimeMs).toBeLessThan(3600_000);
  });

  it('removes what earlier versions left once it is a day old', async () => {
    for (const name of ['document-abc', 'readers-12-abc']) await mkdir(join(root, name));
    await writeFile(join(root, '0b2c5b0e-spooled'), 'x');
    expect(await sweepTemporary(root)).toBe(0);
    for (const name of await readdir(root)) await age(join(root, name), 25);
    expect(await sweepTemporary(root)).toBe(3);
  });

  it('has nothing to do where there is no folder', async () => {
    expect(await sweepTemporary(join(root, 'absent'))).toBe(0);
  });
});
