import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
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
/** The code, also where a part of it is a link to another place. */
const code = [
  ...new Set(
    ['worker', 'lib', 'node_modules', 'package.json'].flatMap((name) => {
      const path = `${repository}/${name}`;
      return [path, realpathSync(path)];
    }),
  ),
];
const system = ['/usr', '/bin', '/sbin', '/lib', '/lib64', '/etc/fonts', '/etc/ld.so.cache', '/opt'].filter((path) =>
  existsSync(path),
);

const devices = ['--proc', '/proc', '--dev', '/dev'];

/** Finds out what there is: bubblewrap and prlimit on Linux, Node's own permissions anywhere. */
export function findIsolation(): Isolation {
  const prlimit = prlimitCommand();
  const bubblewrap = bubblewrapCommand();
  return {
    name: [bubblewrap && 'bwrap', prlimit && 'prlimit', 'permission'].filter(Boolean).join('+'),
    readerCommand: (folder) => [
      ...(bubblewrap
        ? [...bubblewrap, ...bind([...system, ...code, dirname(process.execPath), folder]), ...devices]
        : []),
      ...(prlimit ?? []),
      ...nodeCommand(folder),
    ],
    limited: (command) => [
      ...(bubblewrap ? [...bubblewrap, ...bind(['/']), ...devices] : []),
      ...(prlimit ?? []),
      ...command,
    ],
  };
}

function prlimitCommand(): string[] | null {
  const prlimit = findProgram('prlimit');
  if (!prlimit) return null;
  const { cpuSeconds, dataBytes, openFiles } = limits;
  // The soft limit of time gives a signal of its own, one second before the hard one kills.
  const cpu = `--cpu=${cpuSeconds}:${cpuSeconds + 1}`;
  const command = [prlimit, `--data=${dataBytes}`, cpu, '--core=0', `--nofile=${openFiles}`, '--fsize=0'];
  return runs([...command, process.execPath, '--version']) ? command : null;
}

/** Bubblewrap, where the system lets it make namespaces: a container may forbid it. */
function bubblewrapCommand(): string[] | null {
  const bubblewrap = findProgram('bwrap');
  if (!bubblewrap) return null;
  const command = [bubblewrap, '--unshare-all', '--die-with-parent', '--new-session'];
  const readable = bind([...system, dirname(process.execPath)]);
  return runs([...command, ...readable, ...devices, process.execPath, '--version']) ? command : null;
}

function bind(paths: string[]): string[] {
  return paths.flatMap((path) => ['--ro-bind', path, path]);
}

/** The program's place: a process without an environment has no PATH to find it on. */
function findProgram(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function runs([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
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
