import { inspect } from 'node:util';
import { APICallError, JSONParseError } from 'ai';
import { DrizzleQueryError } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { createLogger } from '#lib/log.ts';

const canary = 'Northwind Traders R-2041';

function logged(error: unknown): string {
  const lines: string[] = [];
  createLogger('test', 'info', { write: (line) => void lines.push(line) }).error({ err: error }, 'failed');
  return lines.join('');
}

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

it('the log shows what went wrong, where, and what brought it about', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', errno: -111 });
  const line = JSON.parse(logged(new Error('no answer', { cause })));
  expect(line.err).toMatchObject({ type: 'Error', message: 'no answer', cause: { code: 'ECONNREFUSED', errno: -111 } });
  expect(line.err.stack).toContain('log-error.test.ts');
});

it.each([
  ['drizzle, with its parameters', new DrizzleQueryError('select $1', [canary], new Error('refused'))],
  ['JSON.parse', thrownBy(() => JSON.parse(canary))],
  ['the AI SDK, with a prompt', apiCallError()],
  ['the AI SDK, with an answer', new JSONParseError({ text: canary, cause: thrownBy(() => JSON.parse(canary)) })],
  ['postgres.js', Object.assign(new postgres.PostgresError('x'), { code: '22P02', message: canary, detail: canary })],
  ['several at once', new AggregateError([thrownBy(() => JSON.parse(canary))], 'all failed')],
  ['another one that they brought about', new Error('outer', { cause: apiCallError() })],
  ['what is no error', { secret: canary }],
])('the log quotes nothing of an error of %s', (_source, error) => {
  expect(inspect(error, { depth: null })).toContain('Northwind');
  expect(logged(error)).not.toContain('Northwind');
});

function apiCallError(): APICallError {
  const request = { url: 'http://localhost', requestBodyValues: { prompt: canary } };
  return new APICallError({ message: `cannot read ${canary}`, statusCode: 400, responseBody: canary, ...request });
}
