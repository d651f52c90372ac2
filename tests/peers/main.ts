/**
 * `npm run peers [-- --yes]`: lists the programs that Sluice is tested against and what must be installed for them; with
 * `--yes` installs that (Debian's packages, as root) and runs those tests. They are no part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Peer, peers } from './peers.ts';

const missing = peers.filter((peer) => !isInstalled(peer));
for (const peer of peers) {
  console.log(`${peer.name}: ${missing.includes(peer) ? `would install ${peer.packages.join(', ')}` : 'installed'}`);
  for (const test of peer.tests) console.log(`  ${test}`);
}
if (process.argv.includes('--yes')) installAndTest();
else console.log('\nnpm run peers -- --yes installs what is missing and runs these tests');

function installAndTest(): void {
  const packages = missing.flatMap((peer) => peer.packages);
  if (packages.length > 0) {
    run('apt-get', ['update']);
    run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages]);
  }
  run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...peers.flatMap((peer) => peer.tests)]);
}

/** Ends this program when it fails. */
function run(program: string, args: readonly string[]): void {
  console.log(`\n${program} ${args.join(' ')}`);
  const env = { ...process.env, SLUICE_PEERS: '1', DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env });
  if (error) console.error(`${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled({ programs }: Peer): boolean {
  return programs.every((program) =>
    (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program))),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
