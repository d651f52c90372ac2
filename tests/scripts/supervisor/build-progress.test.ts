import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLogger } from '#lib/log.ts';
import { reportProgress } from '#scripts/supervisor/build-progress.ts';

const said: string[] = [];
const log = createLogger('test', 'info', { write: (line) => void said.push(JSON.parse(line).msg) });
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => {
  vi.useRealTimers();
  said.length = 0;
});

it('says what the build is doing and for how long, and again while a step goes on', async () => {
  const output = new PassThrough();
  const progress = reportProgress(output, log);
  output.write('▲ Next.js\n  Creating an optimized production build ...\n');
  await vi.waitFor(() => expect(said).toEqual(['building: compiling the pages, 0 s so far']));
  vi.advanceTimersByTime(21_000);
  output.write('✓ Compiled\n  Generating static pages (0/2) ...\n  Generating static pages (1/2)\n');
  await vi.waitFor(() => expect(said).toHaveLength(4));
  progress.end(true);
  vi.advanceTimersByTime(60_000);
  expect(said.slice(1)).toEqual([
    'building: compiling the pages, 10 s so far',
    'building: compiling the pages, 20 s so far',
    'building: making what never changes, 21 s so far',
    'the web application is built, after 21 s',
  ]);
});

it('says nothing more once the build has failed', () => {
  reportProgress(new PassThrough(), log).end(false);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});
