import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, removeData, startApp } from '#tests/support/app.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { until } from '#tests/support/context.ts';

const definition = {
  name: 'Packet',
  engine: 'builtin',
  split: { by: 'Account_Number' },
  fields: {
    type: 'object',
    properties: {
      Account_Number: { type: 'string', pattern: '^[0-9]{7}$', 'x-aliases': ['Account number'] },
      Opening_Balance: { type: 'number', 'x-aliases': ['Opening balance'] },
      Closing_Balance: { type: 'number', 'x-aliases': ['Closing balance'] },
    },
  },
};

let app: App;
let browser: Browser;
let page: Page;
let files: string;
let address: string;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startApp();
  browser = await openBrowser();
  files = await mkdtemp(join(tmpdir(), 'sluice-pages-'));
  const put = await fetch(`${app.url}/api/schemas/packet`, { method: 'PUT', body: JSON.stringify(definition) });
  if (!put.ok) throw new Error(await put.text());
  address = await upload('packet.pdf', await packet());
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeData(app);
  await rm(files, { recursive: true });
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  complaints.length = 0;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterEach(async () => {
  await page.context().close();
});

/** Two accounts of three pages: the closing balance stands on the last, far down. */
async function packet(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const [number, opening, closing] of [
    ['1002010', '$1,000.00', '$400.00'],
    ['1002011', '$2,500.00', '$1,900.00'],
  ] as const) {
    for (let part = 0; part < 3; part++) {
      const sheet = document.addPage([612, 792]);
      const write = (text: string, y: number) => sheet.drawText(text, { x: 72, y, size: 11, font });
      write(`LOAN ACCOUNT STATEMENT, page ${part + 1} of 3`, 720);
      write(`Account number: ${number}`, 690);
      if (part === 0) write(`Opening balance: ${opening}`, 660);
      if (part === 2) write(`Closing balance: ${closing}`, 120);
      write('Branch Riverside', 400);
    }
  }
  return document.save();
}

/** Gives the address of the session, once it is ready. */
async function upload(name: string, content: Uint8Array): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([Buffer.from(content)]), name);
  form.append('schema', 'packet');
  const { session } = await (await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form })).json();
  const look = async () => (await (await fetch(`${app.url}/api/sessions/${session.id}`)).json()).session.status;
  await until(look, (status) => status === 'in_progress');
  return `${app.url}/sessions/${session.id}`;
}

async function open(at = address): Promise<void> {
  await page.goto(at);
  await page.locator('[data-page="0"] canvas').first().waitFor();
}

/** Scrolling and layout take a moment: waits until the one lies within the other. */
async function waitInside(inner: Locator, outer: Locator): Promise<void> {
  const boxes = async () => [await inner.boundingBox(), await outer.boundingBox()] as const;
  await until(
    boxes,
    ([a, b]) => a !== null && b !== null && a.y >= b.y && a.y + a.height <= b.y + b.height && a.x >= b.x,
  );
}

/** What `look` gives once it has given the same three times: a layout that has come to rest. */
async function settled<T>(look: () => Promise<T>): Promise<T> {
  const seen: string[] = [];
  return until(look, (now) => {
    seen.push(JSON.stringify(now));
    return seen.length >= 3 && new Set(seen.slice(-3)).size === 1;
  });
}

const boxOf = (pageNum: number) => page.locator(`[data-page="${pageNum}"]`).boundingBox();

const scroller = () => page.locator('[data-scroller]');
const resultsOf = async () => (await fetch(`${address.replace('/sessions', '/api/sessions')}/results`)).json();

describe('the page side of the review', () => {
  it('brings the place of the focused value into view, strongly marked, and a click on a place focuses its value', async () => {
    await open();
    await page.locator('[data-fields]').getByText('Closing balance').click();
    const mark = page.locator('[data-focused]');
    await mark.waitFor();
    await until(
      () => mark.getAttribute('aria-label'),
      (label) => label?.includes('Closing balance: 400') ?? false,
    );
    await waitInside(mark, scroller());
    await page.locator('[data-page="2"] canvas').waitFor();
    await page.locator('[data-thumbnail$="/0"]').click();
    await page
      .getByRole('button', { name: /^Account number: 1002010/ })
      .first()
      .click();
    await until(
      async () => page.locator('[data-focused]').first().getAttribute('aria-label'),
      (label) => label?.startsWith('Account number') ?? false,
    );
    expect(complaints).toEqual([]);
  });

  it('takes a word that is clicked for the focused value, with its place', async () => {
    const at = await upload('packet2.pdf', await packet());
    await open(at);
    await page.locator('[data-fields]').getByText('Opening balance').click();
    await page.locator('[data-focused]').waitFor();
    const words = await (
      await fetch(
        `${app.url}${await page.locator('a[aria-label="Download the original"]').getAttribute('href')}`.replace(
          '/file',
          '/page/0/words',
        ),
      )
    ).json();
    const word = words.page.words.find(({ text }: { text: string }) => text === 'Opening');
    const paper = await settled(() => boxOf(0));
    if (!paper) throw new Error('the page is not shown');
    await page.mouse.click(
      paper.x + (word.x + word.width / 2) * paper.width,
      paper.y + (word.y + word.height / 2) * paper.height,
    );
    // The value was fine: the word is only proposed.
    await page.getByText('Use “Opening”?').waitFor();
    await page.keyboard.press('Enter');
    const answer = async () => (await fetch(`${at.replace('/sessions', '/api/sessions')}/results`)).json();
    const seen = await until(answer, ({ accounts }) =>
      accounts[0].fields.some((field: { state: string }) => field.state === 'edited'),
    );
    const edited = seen.accounts[0].fields.find((field: { state: string }) => field.state === 'edited');
    expect(edited.evidence).toMatchObject({ page_num: 0, quote: 'Opening' });
  });

  it('zooms by keyboard and by wheel about the pointer, turns, and jumps to a page', async () => {
    await open();
    const width = async () => (await boxOf(0))?.width ?? 0;
    const before = await settled(width);
    await scroller().focus();
    await page.keyboard.press('+');
    await until(width, (now) => Math.abs(now / before - 1.25) < 0.01);
    const small = await settled(width);
    await scroller().hover();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -60);
    await page.keyboard.up('Control');
    await until(width, (now) => now > small * 1.1);
    await page.keyboard.press('0');
    await until(width, (now) => now < small);
    await until(
      () => boxOf(0),
      (fitted) => fitted !== null && fitted.height < 800,
    );
    await page.getByRole('button', { name: 'Turn' }).click();
    await until(
      () => boxOf(0),
      (turned) => turned !== null && turned.width > turned.height,
    );
    await page.getByRole('textbox', { name: /^Page, of 6/ }).fill('5');
    await page.keyboard.press('Enter');
    await page.locator('[data-page="4"] canvas').waitFor();
    await page.locator('[data-thumbnail$="/4"][aria-current=page]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('searches all pages and goes from one place to the next', async () => {
    await open();
    await scroller().focus();
    await page.keyboard.press('Control+f');
    await page.getByRole('textbox', { name: 'Search in the document' }).fill('riverside');
    await page.getByRole('status').getByText('6', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('2 of 6').waitFor();
    const match = page.locator('[data-page="1"] [data-match=current]');
    await match.waitFor();
    await waitInside(match, scroller());
    await page.keyboard.press('Escape');
    await match.waitFor({ state: 'detached' });
  });

  it('has no accessibility violation', async () => {
    await open();
    await scroller().hover();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('what the page side is made from', () => {
  it('comes in ranges, and only from what the package of pdf.js holds', async () => {
    const { session } = await (await fetch(address.replace('/sessions', '/api/sessions'))).json();
    const file = `${app.url}/api/document/${session.documents[0].id}/file`;
    const part = await fetch(file, { headers: { range: 'bytes=0-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 0-4/${session.documents[0].size}`,
      '%PDF-',
    ]);
    expect((await fetch(file, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
    const statusOf = async (path: string) => (await fetch(`${app.url}/pdfjs/${path}`)).status;
    expect(await statusOf('cmaps/Adobe-Japan1-UCS2.bcmap')).toBe(200);
    expect(await statusOf('cmaps/none.bcmap')).toBe(404);
    expect(await statusOf('build/pdf.mjs')).toBe(404);
    expect(await statusOf('cmaps/..%2Fpackage.json')).toBe(404);
  });
});

describe('the strip of pages', () => {
  it('shows the pages by account, and goes to the one that is chosen', async () => {
    await open();
    const strip = page.getByRole('navigation', { name: 'Pages and accounts' });
    await strip.getByRole('button', { name: /^Page 1, account A/ }).waitFor();
    await strip.getByRole('button', { name: /^Page 4, account B/ }).click();
    await page.locator('[data-page="3"] canvas').waitFor();
    // After a click the focus is the value's again: by keyboard the strip is walked once it has it.
    await strip.getByRole('button', { name: /^Page 4, account B/ }).focus();
    await page.keyboard.press('ArrowDown');
    await strip.locator('[aria-current=page][data-thumbnail$="/4"]').waitFor();
  });

  it('moves a boundary by keyboard, after it said what that costs', async () => {
    await open();
    const handle = page.getByRole('slider', { name: 'Where B begins' });
    const untilItSays = (text: string) =>
      until(
        () => handle.getAttribute('aria-valuetext'),
        (said) => said?.includes(text) ?? false,
      );
    await handle.focus();
    await page.keyboard.press('ArrowUp');
    await untilItSays('begins on page 3');
    await page.keyboard.press('Escape');
    await untilItSays('begins on page 4');
    await page.keyboard.press('ArrowUp');
    await untilItSays('begins on page 3');
    await page.keyboard.press('Enter');
    await page.getByText(/1 page is read again/).waitFor();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    const { accounts } = await until(resultsOf, ({ accounts }) => accounts[0]?.pages.length === 2);
    expect(accounts.map(({ pages }: { pages: number[] }) => pages)).toEqual([
      [0, 1],
      [2, 3, 4, 5],
    ]);
  });
});
