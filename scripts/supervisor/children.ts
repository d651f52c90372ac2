import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '#lib/log.ts';

/** The exit code by which a child asks to be started again at once. */
const restartCode = 75;
const firstPauseMs = 500;
const maxPauseMs = 30_000;
/** A child that lived so long starts again without a pause. */
const healthyMs = 60_000;

/** A child process that is started again whenever it dies. */
export interface Supervised {
  /** It has said once that it is ready. */
  ready: Promise<void>;
  /** Asks it to end, and starts it again at once. */
  restart(): void;
  /** Asks it to end, and kills it after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Runs a script under this Node in a process group of its own: Ctrl-C reaches the supervisor alone. The channel to the
 * child closes when the supervisor dies, however it dies, and the child ends by itself then.
 */
export function supervise(name: string, args: readonly string[], env: NodeJS.ProcessEnv, log: Logger): Supervised {
  let child: ChildProcess | null = null;
  let stopping = false;
  let restarting = false;
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | null = null;
  const { promise: ready, resolve: setReady } = Promise.withResolvers<void>();

  const start = () => {
    timer = null;
    const startedAt = Date.now();
    const started = spawn(process.execPath, [...args], {
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = started;
    started.on('message', (message) => {
      if (message === 'ready') setReady();
    });
    started.on('exit', (code, signal) => {
      if (child === started) child = null;
      if (stopping) return;
      const wanted = restarting || code === restartCode;
      restarting = false;
      if (wanted || Date.now() - startedAt > healthyMs) pauseMs = firstPauseMs;
      const pause = wanted ? 0 : pauseMs;
      const line = { child: name, code, signal, pauseMs: pause };
      log[wanted ? 'info' : 'warn'](line, `${name} ended and is being restarted`);
      timer = setTimeout(start, pause);
      pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    });
  };
  start();

  return {
    ready,
    restart() {
      // One that waits for its next start takes up what is new anyway.
      if (!child) return;
      restarting = true;
      child.kill('SIGTERM');
    },
    async stop(graceMs) {
      stopping = true;
      if (timer) clearTimeout(timer);
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.kill('SIGTERM');
      const killer = setTimeout(() => running.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killer);
    },
  };
}
