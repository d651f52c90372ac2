import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limits } from './limits.ts';

/** How this machine can wall a process off. */
export interface Isolation {
  /** Such as `bwrap+prlimit+permission`. */
  name: string;
  /** The command of a reader's process that may read `folder` and the code, and nothing else. */
  readerCommand(folder: string): string[];
  /** Puts the same limits around another program, which may read the system's own files. */
  limited(command: string[]): string[];
}

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const code = ['worker', 'lib', 'node_modules', 'package.json'].map((name) => `${repository}/${name}`);
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/fonts', '/etc/ld.so.cache', '/opt'].filter((path) =>
  existsSync(path),
);

/** Finds out what there is: bubblewrap and prlimit on Linux, Node's own permissions anywhere. */
export function findIsolation(): Isolation {
  const prlimit = runs(['prlimit', '--version']) ? prlimitCommand() : [];
  const hasBubblewrap = runs([...bubblewrap([]), 'true']);
  return {
    name: [hasBubblewrap && 'bwrap', prlimit.length > 0 && 'prlimit', 'permission'].filter(Boolean).join('+'),
    readerCommand: (folder) => [
      ...(hasBubblewrap ? bubblewrap([...code, dirname(process.execPath), folder]) : []),
      ...prlimit,
      ...nodeCommand(folder),
    ],
    limited: (command) => [...prlimit, ...command],
  };
}

function runs([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function prlimitCommand(): string[] {
  const { cpuSeconds, dataBytes, openFiles } = limits;
  // The soft limit of time gives a signal of its own, one second before the hard one kills.
  return [
    'prlimit',
    `--data=${dataBytes}`,
    `--cpu=${cpuSeconds}:${cpuSeconds + 1}`,
    '--core=0',
    `--nofile=${openFiles}`,
    '--fsize=0',
  ];
}

function bubblewrap(readable: string[]): string[] {
  const binds = [...system, ...readable].flatMap((path) => ['--ro-bind', path, path]);
  return [
    'bwrap',
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    ...binds,
    '--proc',
    '/proc',
    '--dev',
    '/dev',
  ];
}

function nodeCommand(folder: string): string[] {
  const readable = [...code, folder].map((path) => `--allow-fs-read=${path}`);
  return [
    process.execPath,
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--permission',
    // The canvas is a native module.
    '--allow-addons',
    ...readable,
    '--disallow-code-generation-from-strings',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    child,
  ];
}
