import { readdirSync, readFileSync } from 'node:fs';

/** Watches the memory of this process's descendants; on Linux only, elsewhere the peak stays 0. */
export function watchPeak(): { peakBytes(): number; stop(): void } {
  let peak = 0;
  const look = () => {
    for (const pid of descendants(process.pid)) peak = Math.max(peak, highWater(pid));
  };
  const timer = process.platform === 'linux' ? setInterval(look, 100) : undefined;
  return { peakBytes: () => peak, stop: () => clearInterval(timer) };
}

function descendants(pid: number): number[] {
  const children = readOrNothing(`/proc/${pid}/task`, (path) => readdirSync(path)).flatMap((task) =>
    readOrNothing(`/proc/${pid}/task/${task}/children`, (path) =>
      readFileSync(path, 'utf8').split(' ').filter(Boolean),
    ),
  );
  return children.map(Number).flatMap((child) => [child, ...descendants(child)]);
}

/** The largest resident set that a process ever had, in bytes. */
function highWater(pid: number): number {
  const [status = ''] = readOrNothing(`/proc/${pid}/status`, (path) => [readFileSync(path, 'utf8')]);
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** A process may be gone before it is looked at. */
function readOrNothing(path: string, read: (path: string) => string[]): string[] {
  try {
    return read(path);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
    if (isGone) return [];
    throw error;
  }
}
