import { afterAll, expect, it } from 'vitest';
import { carryAccounts } from '#lib/results/carry-accounts.ts';
import { madeResult, schemaFields } from '#tests/support/made-result.ts';
import { openCompute } from '#worker/compute/compute.ts';
import { carryInThreads } from '#worker/stages/carry.ts';

const compute = openCompute();
afterAll(() => compute.close());

const names = {
  number: 'Number',
  scalars: ['Name', 'Place'],
  list: 'Payments',
  group: 'Costs',
  inner: 'Lines',
  columns: ['Key', 'Text'],
} as const;
const pages = Array.from({ length: 90 }, (_, page) => page);

/** All pages but the last belong to one account. */
function result(attempt: number) {
  const numbers = pages.map((page) => (page === 89 ? '2' : '1'));
  const moves = pages.slice(0, -1).map((pageNum) => ({ pageNum, accountNumber: '1' }));
  const definition = { slug: 'made', name: 'Made', fields: schemaFields(names, 1) };
  return madeResult(definition, names, { numbers, failing: null, attempt }, moves);
}

it('what people decided is carried over in a thread as it would be here, in long lists too', async () => {
  const first = result(1);
  const kept = first.accounts.map(({ accountNumber, evidencePages, rows }) => ({
    accountNumber,
    evidencePages,
    rows: rows.map((row, index) => {
      const isEdited = index % 50 === 0;
      const leaves = row.leaves.map((leaf) =>
        isEdited ? { ...leaf, value: 'by a person', state: 'edited' as const } : leaf,
      );
      const rowId = row.isListRow ? `row ${index}` : null;
      return { path: row.path, rowId, leaves, extracted: isEdited ? row.leaves : null, isDeleted: index % 70 === 1 };
    }),
  }));
  const { definition, accounts } = result(2);
  expect(accounts.some(({ rows }) => rows.length > 200)).toBe(true);
  const carried = await carryInThreads(compute, 'document')(definition, { kept, orphans: [] }, accounts);
  expect(JSON.stringify(carried)).toContain('by a person');
  expect(carried).toEqual(carryAccounts(definition, { kept, orphans: [] }, accounts));
});
