import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { DocumentError } from '#lib/core/failures.ts';
import { limits } from './limits.ts';

/** How a process ended: its exit code, or the signal that killed it. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const tailBytes = 4000;
/** The signals that tell why a reader ended. */
const signalNames = ['SIGXCPU', 'SIGKILL', 'SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS', 'SIGTERM'] as const;

/** Resolves when the process is gone and its folder with it; also when it could not be started. */
export async function whenEnded(child: ChildProcess, folder: string): Promise<End> {
  const end = await new Promise<End>((resolve) => {
    child.on('error', () => resolve({ code: null, signal: null }));
    child.on('close', (code, signal) => resolve(fromShell(code, signal)));
  });
  await rm(folder, { recursive: true, force: true });
  return end;
}

/** A program around the process (bubblewrap) tells a signal as 128 and its number. */
function fromShell(code: number | null, signal: NodeJS.Signals | null): End {
  if (code === null || code <= 128) return { code, signal };
  return { code, signal: signalNames.find((name) => constants.signals[name] === code - 128) ?? null };
}

/** Kills the process and all that it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

/** Node aborts when it gets no more memory; the kernel kills when the machine has no more. */
const outOfMemory = new Set<NodeJS.Signals | null>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL']);
/** Somebody ended it: that says nothing about the file. */
const ordered = new Set<NodeJS.Signals | null>(['SIGTERM', 'SIGINT', 'SIGHUP']);

/** What a process that ended by itself in the middle of a call says about its file. */
export function explainEnd(end: End, isLate: boolean, complaint: string): Error {
  const cause = new Error(`the reader's process ended: code ${end.code}, signal ${end.signal}: ${complaint}`);
  const tooComplex = (breach: string) =>
    new DocumentError('too_complex', `Reading took ${breach}. Print it to a new PDF and upload that.`, { cause });
  if (isLate) return tooComplex(`longer than ${limits.wallSeconds} s`);
  if (end.signal === 'SIGXCPU') return tooComplex(`more than ${limits.cpuSeconds} s of processor time`);
  if (outOfMemory.has(end.signal)) return tooComplex(`more than the ${limits.dataBytes / 1e6} MB of memory allowed`);
  if (ordered.has(end.signal)) return cause;
  return new DocumentError('corrupt_file', undefined, { cause });
}

/** Keeps the end of what a process complains of. */
export function keepTail(stream: Readable): () => string {
  let tail = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => (tail = (tail + text).slice(-tailBytes)));
  return () => tail;
}
