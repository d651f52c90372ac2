import { spawnSync } from 'node:child_process';

export async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

export async function best(times: number, run: () => Promise<void>): Promise<number> {
  let found = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) found = Math.min(found, await timed(run));
  return found;
}

/** The best of some rounds in which both run one after the other: what else the machine does weighs on both. */
export async function besideProgram(
  rounds: number,
  run: () => Promise<void>,
  program: string,
  args: string[],
): Promise<[ours: number, other: number | null]> {
  let ours = Number.POSITIVE_INFINITY;
  let other: number | null = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    ours = Math.min(ours, await timed(run));
    const took = timeProgram(program, args);
    other = took === null || other === null ? null : Math.min(other, took);
  }
  return [ours, other];
}

/** Milliseconds of a program, or null when it is not installed. */
function timeProgram(program: string, args: string[]): number | null {
  const started = performance.now();
  const { status } = spawnSync(program, args, { stdio: 'ignore', env: { ...process.env, OMP_THREAD_LIMIT: '1' } });
  return status === 0 ? performance.now() - started : null;
}
