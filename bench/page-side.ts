/**
 * `npm run bench -- page-side [pages]`: in a real browser, how long it takes from a new focus until its place is in view,
 * and how evenly the pages scroll, in a PDF of 126 pages unless said otherwise.
 */
import { cpus } from 'node:os';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Page } from 'playwright-core';
import { removeData, startApp } from '#tests/support/app.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { until } from '#tests/support/context.ts';

const pageCount = Number(process.argv[2] ?? 126);
const fieldCount = Math.min(40, pageCount);
const every = Math.floor(pageCount / fieldCount);
const budgetMs = 100;

const names = Array.from({ length: fieldCount }, (_, index) => `Figure_${index + 1}`);
const definition = {
  name: 'Figures',
  engine: 'builtin',
  fields: {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, { type: 'number', 'x-aliases': [`${name.replace('_', ' ')} amounts to`] }]),
    ),
  },
};

const app = await startApp();
const browser = await openBrowser();
try {
  await fetch(`${app.url}/api/schemas/figures`, { method: 'PUT', body: JSON.stringify(definition) });
  const id = await upload();
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const before = performance.now();
  await page.goto(`${app.url}/sessions/${id}`);
  await page.locator('[data-page] canvas').first().waitFor();
  console.log(`\n${pageCount} pages, ${cpus().length} cores, without a GPU`);
  console.log(`  opened, first page drawn       ${Math.round(performance.now() - before)} ms`);
  await page.getByRole('button', { name: /^Show all/ }).click();
  report('focus → its box in view', await focusTimes(page), budgetMs);
  report('a frame while scrolling', await frameTimes(page), 1000 / 60);
} finally {
  await browser.close();
  await app.stop();
  await removeData(app);
}

async function upload(): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([Buffer.from(await dense())]), 'agreement.pdf');
  form.append('schema', 'figures');
  const { session } = await (await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form })).json();
  const status = async () => (await (await fetch(`${app.url}/api/sessions/${session.id}`)).json()).session.status;
  await until(status, (now) => now === 'in_progress', 180_000);
  return session.id;
}

/** Pages full of prose, as agreements are; a figure stands on some of them. */
async function dense(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 0; number < pageCount; number++) {
    const sheet = document.addPage([612, 792]);
    for (let line = 0; line < 46; line++) {
      const text = `Section ${number + 1}.${line + 1} The borrower shall not permit the ratio of debt to earnings to exceed it.`;
      sheet.drawText(text, { x: 72, y: 730 - line * 14, size: 11, font });
    }
    const name = number % every === 0 ? names[number / every] : undefined;
    if (name)
      sheet.drawText(`${name.replace('_', ' ')} amounts to: ${number + 1000}`, { x: 72, y: 60, size: 11, font });
  }
  return document.save();
}

/** Focuses values far from each other, one after the other. */
function focusTimes(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[data-scroller]');
    const rows = [...document.querySelectorAll<HTMLElement>('[data-fields] [data-field]')];
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times: number[] = [];
    for (let step = 0; step < rows.length; step++) {
      const row = rows[(step * 17) % rows.length];
      const last = document.querySelector('[data-focused]')?.getAttribute('data-mark');
      const start = performance.now();
      row?.focus();
      for (let frame = 0; frame < 300; frame++) {
        await nextFrame();
        const mark = document.querySelector('[data-focused]');
        const [inner, outer] = [mark?.getBoundingClientRect(), scroller?.getBoundingClientRect()];
        if (mark?.getAttribute('data-mark') === last || !inner || !outer) continue;
        if (inner.top < outer.top || inner.bottom > outer.bottom) continue;
        times.push(performance.now() - start);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return times;
  });
}

/** Scrolls through all pages, some hundred pixels a frame, as a wheel that is turned fast does. */
function frameTimes(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[data-scroller]');
    const times: number[] = [];
    if (!scroller) return times;
    scroller.scrollTop = 0;
    let last = performance.now();
    while (scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1 && times.length < 600) {
      scroller.scrollTop += 120;
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - last);
      last = now;
    }
    return times.slice(1);
  });
}

function report(what: string, times: number[], target: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1).padStart(6);
  const worst = (sorted.at(-1) ?? 0).toFixed(1).padStart(6);
  console.log(
    `  ${what.padEnd(30)} ${at(0.5)} ms median ${at(0.95)} ms 95 % ${worst} ms worst of ${times.length} (target ${target.toFixed(1)} ms)`,
  );
}
