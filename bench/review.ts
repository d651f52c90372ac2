/**
 * `npm run bench -- review`: a scripted reviewer with the keyboard alone checks, corrects and verifies ten invoices in a real
 * browser; and how evenly a list of 400 rows is typed in.
 */
import { cpus } from 'node:os';
import { removeData, startApp } from '#tests/support/app.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { median } from './pipeline/line.ts';
import { dataOf, putSchema, ready, statusOf, uploadFile } from './review/installation.ts';
import { planInvoice } from './review/invoices.ts';
import { openSession, review, type Reviewed } from './review/reviewer.ts';
import { listSchema, longList, typeInList } from './review/typing.ts';

const invoices = 10;
const openBudgetMs = 1000;
const frameBudgetMs = 1000 / 30;

const app = await startApp();
const browser = await openBrowser();
try {
  console.log(`\n${cpus().length} cores, without a GPU`);
  reportReviews(await reviewInvoices());
  reportTyping(await typeLongList());
} finally {
  await browser.close();
  await app.stop();
  await removeData(app);
}

async function reviewInvoices(): Promise<Reviewed[]> {
  const truths = new Map<string, ReadonlyMap<string, string>>();
  for (let seed = 1; seed <= invoices; seed++) {
    const { name, pdf, truth } = await planInvoice(seed);
    truths.set(await uploadFile(app, 'invoice', name, pdf), truth);
  }
  for (const id of truths.keys()) await ready(app, id);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  // The newest; after each comes the next older one.
  const newest = [...truths.keys()].at(-1) ?? '';
  let openMs = await openSession(page, `${app.url}/sessions/${newest}`);
  const reviewed: Reviewed[] = [];
  for (let number = 0; number < invoices; number++) {
    const id = page.url().split('/').at(-1) ?? '';
    const { done, nextOpenMs } = await review(page, openMs, truths.get(id) ?? new Map());
    reviewed.push(done);
    openMs = nextOpenMs;
    const isRight = Number((await dataOf(app, id)).Grand_Total).toFixed(2) === truths.get(id)?.get('Grand total');
    if (!isRight || (await statusOf(app, id)) !== 'verified')
      throw new Error('an invoice was not verified as it is right');
  }
  await page.close();
  return reviewed;
}

async function typeLongList(): Promise<number[]> {
  await putSchema(app, 'delivery', listSchema);
  const id = await uploadFile(app, 'delivery', 'delivery.txt', longList());
  await ready(app, id);
  const { Items } = await dataOf(app, id);
  console.log(`\n${Array.isArray(Items) ? Items.length : 0} rows of a list`);
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  console.log(`  opened               ${Math.round(await openSession(page, `${app.url}/sessions/${id}`))} ms`);
  return typeInList(page);
}

function reportReviews(reviewed: readonly Reviewed[]): void {
  console.log(`${invoices} invoices, each with one wrong value, reviewed by the keyboard alone\n`);
  console.table(
    reviewed.map(({ openMs, ms, keystrokes }) => ({
      'opened, ms': Math.round(openMs),
      'reviewed, s': Number((ms / 1000).toFixed(2)),
      keystrokes,
    })),
  );
  const opened = reviewed.map(({ openMs }) => openMs);
  const met = Math.max(...opened) < openBudgetMs ? 'met' : 'missed';
  console.log(`  seconds a document   ${(median(reviewed.map(({ ms }) => ms)) / 1000).toFixed(2)} (median)`);
  console.log(`  keystrokes           ${median(reviewed.map(({ keystrokes }) => keystrokes))} (median)`);
  console.log(
    `  opened               ${Math.round(median(opened))} ms median, ${Math.round(Math.max(...opened))} ms slowest (target under ${openBudgetMs} ms: ${met})`,
  );
}

function reportTyping(times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const late = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  const met = late <= frameBudgetMs ? 'met' : 'missed';
  console.log(
    `  a frame while typing ${median(times).toFixed(1)} ms median, ${late.toFixed(1)} ms 95 %, ${(sorted.at(-1) ?? 0).toFixed(1)} ms worst of ${times.length} (target ${frameBudgetMs.toFixed(1)} ms at 95 %: ${met})`,
  );
}
