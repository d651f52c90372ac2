import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { sessionResponse } from '#lib/core/contract/sessions.ts';
import { until } from '#tests/support/context.ts';
import { scan } from '#tests/support/scan.ts';
import { openScreen } from '#tests/support/screen.ts';

const megabyte = 1_000_000;
/** `LARGE_FILE_MB=100 npx vitest run tests/e2e/large-file.test.ts` tries the size that docs/review.md names. */
const fileBytes = Number(process.env.LARGE_FILE_MB ?? 20) * megabyte;
const [pages, shownPage] = [66, 60];
/** A part of the file for each page before the one shown, and the data of that page and its neighbours: 10 MB of 100 MB. */
const maxBytes = 2 * megabyte + 0.08 * fileBytes;

const definition = {
  name: 'Archive',
  engine: 'builtin',
  fields: { type: 'object', properties: { Reference: { type: 'string', 'x-aliases': ['Reference'] } } },
};

const screen = openScreen({ reducedMotion: 'reduce' }, (opened) =>
  opened.call('/api/schemas/archive', { method: 'PUT', body: JSON.stringify(definition) }),
);

/** A session of a large scan whose only value is far behind; gives its id. */
async function newSession(): Promise<string> {
  const textOf = (pageNum: number) => (pageNum === shownPage - 1 ? 'Reference: R-2041' : 'Nothing of interest');
  const file = await scan({ pages, bytesPerPage: fileBytes / pages, textOf });
  const form = new FormData();
  form.append('files', new Blob([Buffer.from(file)]), 'archive.pdf');
  form.append('schema', 'archive');
  const { session } = sessionResponse.parse(await screen.call('/api/sessions', { method: 'POST', body: form }));
  const look = async () => sessionResponse.parse(await screen.call(`/api/sessions/${session.id}`)).session.status;
  await until(look, (status) => status === 'in_progress', 240_000);
  return session.id;
}

/** Counts what the browser receives of originals. */
async function countOriginals(page: Page) {
  const counted = { requests: 0, bytes: 0 };
  const ids = new Set<string>();
  const protocol = await page.context().newCDPSession(page);
  protocol.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.endsWith('/file')) return;
    ids.add(requestId);
    counted.requests += 1;
  });
  protocol.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (ids.has(requestId)) counted.bytes += dataLength;
  });
  await protocol.send('Network.enable');
  return counted;
}

it(`opens a large file at page ${shownPage} without loading the rest of it`, async () => {
  const id = await newSession();
  const counted = await countOriginals(screen.page);
  await screen.page.goto(`${screen.app.url}/sessions/${id}`);
  // The value is focused, and with it its page.
  await screen.page.locator(`[data-page="${shownPage - 1}"] canvas`).waitFor({ timeout: 120_000 });
  await screen.page.locator('[data-focused]').waitFor();
  await screen.page.locator('[data-page]:not(:has(canvas))').waitFor({ state: 'detached' });
  console.info(
    `${(counted.bytes / megabyte).toFixed(1)} of ${fileBytes / megabyte} MB in ${counted.requests} requests`,
  );
  expect(counted.bytes).toBeGreaterThan(fileBytes / pages);
  expect(counted.bytes).toBeLessThan(maxBytes);
}, 600_000);
