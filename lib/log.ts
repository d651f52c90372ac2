import pino, { type DestinationStream, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { logError } from './log-error.ts';

export type { Logger };

/**
 * The logger of a process: JSON lines, or readable ones on a terminal.
 * Never pass document text, prompts, values or keys to it.
 */
export function createLogger(
  name: string,
  level: string = process.env.LOG_LEVEL || 'info',
  destination: DestinationStream = standardOutput(),
): Logger {
  return pino({ level, base: { name, pid: process.pid }, serializers: { err: logError } }, destination);
}

function standardOutput(): DestinationStream {
  if (!process.stdout.isTTY) return pino.destination(1);
  return pretty({ colorize: true, ignore: 'pid', translateTime: 'HH:MM:ss' });
}
