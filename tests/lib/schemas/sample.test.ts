import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import { mergePages, toRecord } from '#lib/core/values/merge.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { loanAccounts } from '#lib/schemas/ready-made/loan-accounts.ts';
import { checkRecord } from '#lib/core/rules/check.ts';
import { readPage } from '#worker/engines/builtin/engine.ts';
import { pdfReader } from '#worker/readers/pdf/reader.ts';

const definition = parseDefinition(loanAccounts);
const path = fileURLToPath(new URL('../../../samples/loan-packet.pdf', import.meta.url));

const noOcr = () => Promise.reject(new Error('the sample has a text layer'));

async function pagesOfSample(): Promise<Page[]> {
  return Array.fromAsync(pdfReader.readPages({ path, type: 'pdf' }, { from: 0, to: 6 }, noOcr));
}

test('the bundled sample gives three accounts, and the one misprinted balance of it is found', async () => {
  const pages = await pagesOfSample();
  const accounts = [0, 2, 4].map((first) => {
    const read = pages.slice(first, first + 2);
    const leaves = read.map((page) =>
      groundReading(definition, page, readPage({ definition, page, accountNumber: null })),
    );
    const merged = mergePages(definition.fields, leaves).flatMap((row) => row.leaves);
    const pageOf = new Map(merged.map((leaf) => [pathText(leaf.path), leaf.evidence?.pageNum ?? null]));
    const record = toRecord(merged);
    const checks = checkRecord(definition, record, (at) => pageOf.get(pathText(at)) ?? null);
    return { merged, record, failed: checks.filter((check) => !check.ok).map((check) => check.message) };
  });
  expect(accounts.flatMap(({ merged }) => merged).filter((leaf) => leaf.state !== 'found')).toEqual([]);
  expect(accounts.map(({ record }) => record)).toMatchObject([
    { Account_Number: '4471-208836', Account_Holders: ['Margaret E. Okafor', 'Daniel Okafor'], Total_Paid: 18577.5 },
    { Account_Number: '4471-319057', Opened: '2022-09-01', Interest_Rate: 6.9, Closing_Balance: 26090 },
    { Account_Number: '4471-402219', Opening_Balance: 31275 },
  ]);
  expect(accounts.map(({ failed }) => failed)).toEqual([
    [],
    ['The balance breaks at page 4, row 19: it should be 34394.80, it is 34934.80 (+540.00)'],
    [],
  ]);
});
