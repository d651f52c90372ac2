import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { TesseractOptions } from './tesseract.ts';

export interface NativeTesseract {
  version: string;
  languages: string[];
}

/** The `tesseract` on the PATH, or null when there is none. */
export function findNative(): NativeTesseract | null {
  const version = spawnSync('tesseract', ['--version'], { encoding: 'utf8' });
  const number = /tesseract v?([\d.]+)/.exec(`${version.stdout}${version.stderr}`)?.[1];
  if (version.error || version.status !== 0 || !number) return null;
  const languages = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
  return {
    version: number,
    languages: languages.stdout
      .split('\n')
      .slice(1)
      .map((line) => line.trim()),
  };
}

/** A picture as Tesseract takes it: a portable greymap. */
export interface NativeTask extends TesseractOptions {
  pgm: Uint8Array;
  languages: string;
}

/**
 * Runs the binary on one picture and gives its TSV. `wrap` puts limits around the command; one thread, because
 * pages run beside each other.
 * @throws Error when it fails, or is killed by its limits or the signal
 */
export async function runNative(
  task: NativeTask,
  wrap: (command: string[]) => string[],
  signal?: AbortSignal,
): Promise<string> {
  const { segmentation, dpi, languages } = task;
  const options = [
    '--psm',
    String(segmentation),
    '--dpi',
    String(dpi),
    '-l',
    languages,
    '--oem',
    '1',
    '-c',
    'tessedit_create_tsv=1',
  ];
  const [command = 'tesseract', ...args] = wrap(['tesseract', 'stdin', 'stdout', ...options]);
  const child = spawn(command, args, {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      TESSDATA_PREFIX: process.env.TESSDATA_PREFIX,
      LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
      OMP_THREAD_LIMIT: '1',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | string | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, killer) => resolve(code ?? killer));
  });
  // A binary that dies closes its end early; how it ended says more.
  child.stdin.on('error', () => undefined);
  child.stdin.end(task.pgm);
  const [tsv, complaint, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0) throw new Error(`tesseract ended with ${status}: ${complaint.slice(-500)}`);
  return tsv;
}
