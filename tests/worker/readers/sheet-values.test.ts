import XLSX from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import { readContent } from '#tests/support/read-file.ts';
import { readPage } from '#worker/engines/builtin/engine.ts';

type Cells = (string | number | XLSX.CellObject | null)[][];

function workbook(cells: Cells, change: (sheet: XLSX.WorkSheet) => void = () => {}): Buffer {
  const sheet = XLSX.utils.aoa_to_sheet(cells);
  change(sheet);
  return XLSX.write({ SheetNames: ['Ledger'], Sheets: { Ledger: sheet } }, { type: 'buffer', bookType: 'xlsx' });
}

const valued = (v: number, z: string): XLSX.CellObject => ({ t: 'n', v, z });
const accounting = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)';

/** What the built-in engine makes of the first page, under a schema with this locale. */
async function recordOf(content: Buffer, locale: string): Promise<unknown> {
  const [page] = await readContent('xlsx', content);
  if (!page) throw new Error('no page');
  const row = {
    Day: { type: 'string', format: 'date' },
    Item: { type: 'string' },
    Amount: { type: 'number' },
    Rate: { type: 'number' },
  };
  const fields = {
    type: 'object',
    properties: { Rows: { type: 'array', items: { type: 'object', properties: row } } },
  };
  const definition = parseDefinition({ slug: 'ledger', name: 'Ledger', locale, fields });
  const values = groundReading(definition, page, readPage({ definition, page, accountNumber: null }));
  expect(values.map(({ state }) => state)).not.toContain('not_in_document');
  return toRecord(values).Rows;
}

const table: Cells = [
  ['Day', 'Item', 'Amount', 'Rate'],
  [valued(45720, 'm/d/yy'), 'Desk', valued(1234.5, '#,##0.00'), valued(0.07125, '0%')],
  [valued(45993, 'd-mmm'), 'Chair', valued(0, accounting), valued(1.234, '0.000')],
  [valued(45721, 'm/d/yy'), 'Lamp', valued(-1234.567, '#,##0.000'), valued(12, '0')],
];

describe('a cell of a workbook', () => {
  it.each(['en-US', 'de-DE', 'fr-CH', 'en-IN'])(
    'has the value that it holds, whatever it shows (%s)',
    async (locale) => {
      expect(await recordOf(workbook(table), locale)).toEqual([
        { Day: '2025-03-04', Item: 'Desk', Amount: 1234.5, Rate: 7.125 },
        { Day: '2025-12-02', Item: 'Chair', Amount: 0, Rate: 1.234 },
        { Day: '2025-03-05', Item: 'Lamp', Amount: -1234.567, Rate: 12 },
      ]);
    },
  );

  it('that is a day shows it, in any format', async () => {
    const formats = ['[$-407]d. mmmm yyyy', 'dd.mm.yyyy', 'dd.mm.yyyy hh:mm'];
    const content = workbook([['Long', 'Day', 'Moment'], formats.map((format) => valued(45720.75, format))]);
    const [page] = await readContent('xlsx', content);
    expect(page?.text).not.toContain('45720');
    expect(page?.text).toMatch(/\t2025-03-04 18:00$/);
  });

  it('that goes over several rows is part of each of them that has cells of its own', async () => {
    const cells: Cells = [
      ['Order', 'Item'],
      ['A-1', 'Desk'],
      [null, 'Chair'],
      ['A-2', 'Lamp'],
    ];
    const content = workbook(cells, (sheet) => {
      sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }];
    });
    expect((await readContent('xlsx', content))[0]?.text).toBe('Order\tItem\nA-1\tDesk\nA-1\tChair\nA-2\tLamp');
  });
});

describe('the notices of a sheet', () => {
  const noticesOf = async (content: Buffer) => (await readContent('xlsx', content))[0]?.notices ?? [];

  it('name formulas without a stored result', async () => {
    const content = workbook([
      ['Item', 'Total'],
      ['Desk', { t: 'z', f: '2*199' }],
    ]);
    expect(await noticesOf(content)).toEqual([expect.stringMatching(/no stored result .*\(B2\).*save it/)]);
  });

  it('name hidden rows and columns, which are read all the same', async () => {
    const content = workbook(
      [
        ['Item', 'Cost'],
        ['Desk', 1],
        ['Chair', 2],
      ],
      (sheet) => {
        sheet['!rows'] = [{}, { hidden: true }];
        sheet['!cols'] = [{}, { hidden: true }];
      },
    );
    expect(await noticesOf(content)).toEqual([
      'Hidden rows of the sheet "Ledger" were read too: 2.',
      'Hidden columns of the sheet "Ledger" were read too: B.',
    ]);
  });

  it('are none where there is nothing to say', async () => {
    expect(await noticesOf(workbook(table))).toEqual([]);
  });
});
