/**
 * `npm run bench -- packets [seeds] [first]`: how many values of made loan packets the built-in engine reads right, from the
 * uploaded PDF to the answer of the API. The tests use other seeds.
 */
import { isDeepStrictEqual } from 'node:util';
import { loanAccounts } from '#lib/schemas/ready-made/loan-accounts.ts';
import { removeData, startApp } from '#tests/support/app.ts';
import { until } from '#tests/support/context.ts';
import { makePacket } from '#tests/support/loan-packet.ts';
import { printPdf } from '#tests/support/loan-packet/print.ts';
import type { LoanValues } from '#tests/support/loan-packet/values.ts';

const seeds = Number(process.argv[2] ?? 40);
const first = Number(process.argv[3] ?? 300_000);
const shown = 20;
const target = 0.97;

const tally = new Map<string, { right: number; wrong: number; missing: number }>();
const faults: string[] = [];
let pages = 0;

const app = await startApp();
try {
  for (let seed = first; seed < first + seeds; seed++) await tryPacket(seed);
} finally {
  await app.stop();
  await removeData(app);
}
report();

async function tryPacket(seed: number): Promise<void> {
  const packet = makePacket(seed);
  pages += packet.sheets.length;
  const { slug, jsonSchema: fields } = packet.definition;
  const definition = { ...loanAccounts, fields, engine: 'builtin' };
  await fetch(`${app.url}/api/schemas/${slug}`, { method: 'PUT', body: JSON.stringify(definition) });
  const form = new FormData();
  form.append('files', new Blob([await printPdf(packet.sheets)]), `packet-${seed}.pdf`);
  form.append('schema', slug);
  const { session } = await (await fetch(`${app.url}/api/sessions`, { method: 'POST', body: form })).json();
  const status = async () => (await (await fetch(`${app.url}/api/sessions/${session.id}`)).json()).session.status;
  await until(status, (now) => now !== 'processing', 120_000);
  const { accounts } = await (await fetch(`${app.url}/api/sessions/${session.id}/results`)).json();
  for (const { number, values } of packet.accounts) {
    const found = accounts.find(
      (one: { account_number: string | null }) => plain(one.account_number) === plain(number),
    );
    if (values) compare(`seed ${seed} ${number}`, values, found?.data ?? {});
  }
}

function compare(where: string, expected: LoanValues, data: Record<string, unknown>): void {
  const { Payments, Account_Number, ...scalars } = expected;
  count(where, 'Account_Number', plain(Account_Number), plain(data.Account_Number));
  for (const [name, value] of Object.entries(scalars))
    if (value !== null && !(Array.isArray(value) && value.length === 0)) count(where, name, value, data[name]);
  const rows = Array.isArray(data.Payments) ? data.Payments : [];
  for (let row = 0; row < Math.max(rows.length, Payments.length); row++)
    for (const name of ['Date', 'Amount', 'Balance'] as const)
      count(`${where} row ${row}`, `Payments.${name}`, Payments[row]?.[name], rows[row]?.[name]);
}

/** A row that is not printed has no expected value: what is read of it is wrong. */
function count(where: string, name: string, expected: unknown, actual: unknown): void {
  const one = tally.get(name) ?? { right: 0, wrong: 0, missing: 0 };
  tally.set(name, one);
  if (isDeepStrictEqual(expected, actual)) one.right += 1;
  else {
    one[actual === undefined || actual === null ? 'missing' : 'wrong'] += 1;
    faults.push(`${where} ${name}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
  }
}

function plain(number: unknown): string {
  return typeof number === 'string' ? number.replace(/[^\p{L}\p{N}]/gu, '').replace(/^0+/, '') : '';
}

function report(): void {
  console.log(`${seeds} packets from seed ${first}, ${pages} pages, builtin engine`);
  let [right, all] = [0, 0];
  for (const [name, one] of tally) {
    const total = one.right + one.wrong + one.missing;
    right += one.right;
    all += total;
    const percent = ((100 * one.right) / total).toFixed(2).padStart(6);
    console.log(`  ${name.padEnd(20)} ${percent} %  right ${one.right}  wrong ${one.wrong}  missing ${one.missing}`);
  }
  const isMet = right / all >= target;
  console.log(
    `  all ${((100 * right) / all).toFixed(2)} % of ${all} values (target ≥ ${target * 100} %: ${isMet ? 'met' : 'missed'})`,
  );
  for (const fault of faults.slice(0, shown)) console.log(`  ${fault}`);
}
