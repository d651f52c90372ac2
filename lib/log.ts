import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/**
 * The logger of a process: JSON lines, or readable ones on a terminal.
 * Never pass document text, prompts, values or keys to it.
 */
export function createLogger(name: string, level: string = process.env.LOG_LEVEL || 'info'): Logger {
  const base = { name, pid: process.pid };
  if (!process.stdout.isTTY) return pino({ level, base });
  return pino({ level, base }, pretty({ colorize: true, ignore: 'pid', translateTime: 'HH:MM:ss' }));
}
