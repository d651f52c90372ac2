import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process with this number runs, whoever owns it. One that has ended and was not yet waited for does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || statOf(pid)?.fields[0] !== 'Z';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process started: numbers are used again, above all in containers. Empty when it is gone or cannot be told. */
export function startOf(pid: number): string {
  // The kernel's own count does not move when the clock is set, unlike the time that `ps` works out.
  return process.platform === 'linux' ? (statOf(pid)?.fields[19] ?? '') : ps('lstart=', pid);
}

/** The name of a process's program, without its folder. */
export function programOf(pid: number): string {
  return process.platform === 'linux' ? (statOf(pid)?.program ?? '') : ps('comm=', pid).replace(/^.*\//, '');
}

/** `/proc/PID/stat`: number, program in brackets (which may hold any character), then fields between blanks. */
function statOf(pid: number): { program: string; fields: string[] } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return { program: stat.slice(stat.indexOf('(') + 1, end), fields: stat.slice(end + 2).split(' ') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

function ps(column: string, pid: number): string {
  return (spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '').trim();
}
