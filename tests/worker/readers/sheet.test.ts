import XLSX from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { misplaced, readContent } from '#tests/support/read-file.ts';

type Cells = (string | number | XLSX.CellObject | null)[][];

function workbook(
  sheets: Record<string, Cells>,
  more: Partial<XLSX.WorkBook> = {},
  bookType: XLSX.BookType = 'xlsx',
): Buffer {
  const made = Object.entries(sheets).map(([name, cells]) => [name, XLSX.utils.aoa_to_sheet(cells)] as const);
  return XLSX.write(
    { SheetNames: made.map(([name]) => name), Sheets: Object.fromEntries(made), ...more },
    { type: 'buffer', bookType },
  );
}

const table: Cells = [
  ['Item', 'Date', 'Price', 'Share'],
  [
    'Chair',
    { t: 'n', v: 45730, z: 'yyyy-mm-dd' },
    { t: 'n', v: 1234.5, z: '#,##0.00 "EUR"' },
    { t: 'n', v: 0.125, z: '0.0%' },
  ],
];

describe('a workbook', () => {
  it.each(['xlsx', 'xlsb', 'biff8'] as const)('of kind %s shows its cells as people see them', async (bookType) => {
    const type = bookType === 'biff8' ? 'xls' : bookType;
    const [page] = await readContent(type, workbook({ Prices: table }, {}, bookType));
    expect(page?.title).toBe('Prices');
    expect(page?.text).toBe('Item\tDate\tPrice\tShare\nChair\t2025-03-14\t1,234.50 EUR\t12.5%');
    expect(page && misplaced(page)).toEqual([]);
  });

  it('keeps the digits of numbers without a format of their own', async () => {
    const numbers = [123_456_789_012, 0.000012, 999_988_887_777_666, -1e-9, 1e21];
    const [page] = await readContent(
      'xlsx',
      workbook({ One: [numbers, [{ t: 'n', v: 123456789012, z: '0.00E+00' }]] }),
    );
    expect(page?.text).toBe('123456789012\t0.000012\t999988887777666\t-0.000000001\t1000000000000000000000\n1.23E+11');
  });

  it('of OpenDocument is read too', async () => {
    const content = workbook(
      {
        Prices: [
          ['Item', 'Price'],
          ['Chair', 10.5],
        ],
      },
      {},
      'ods',
    );
    expect((await readContent('ods', content))[0]?.text).toBe('Item\tPrice\nChair\t10.5');
  });

  it('counts dates from 1904 where it says so', async () => {
    const workbookOf1904 = workbook({ Prices: table }, { Workbook: { WBProps: { date1904: true } } });
    expect((await readContent('xlsx', workbookOf1904))[0]?.text).toContain('2029-03-15');
  });

  it('marks hidden sheets and leaves out empty ones', async () => {
    const more = { Workbook: { Sheets: [{ Hidden: 0 as const }, { Hidden: 1 as const }, { Hidden: 0 as const }] } };
    const pages = await readContent('xlsx', workbook({ One: [['a']], Two: [['b']], Three: [[]] }, more));
    expect(pages.map((page) => page.title)).toEqual(['One', 'Two (hidden)']);
  });

  it('repeats on every page the row that names the columns, not the title above it', async () => {
    const rows: Cells = Array.from({ length: 450 }, (_, index) => [`Item ${index}`, index * 1.5]);
    const pages = await readContent(
      'xlsx',
      workbook({ List: [['Price list of the harbour'], ['Item', 'Price'], ...rows] }),
    );
    expect(pages.map((page) => page.text.split('\n').length)).toEqual([200, 200, 54]);
    expect(pages.map((page) => page.text.split('\n')[0])).toEqual([
      'Price list of the harbour',
      'Item\tPrice',
      'Item\tPrice',
    ]);
    expect(pages.map((page) => page.text.split('\n').at(-1))).toEqual([
      'Item 197\t295.5',
      'Item 396\t594',
      'Item 449\t673.5',
    ]);
  });

  it('gives a merged cell once, over all the columns that it covers', async () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['Quarter', null, 'Sum'],
      ['a', 'b', 3],
    ]);
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
    const content = XLSX.write({ SheetNames: ['S'], Sheets: { S: sheet } }, { type: 'buffer', bookType: 'xlsx' });
    const [page] = await readContent('xlsx', content);
    const quarter = page?.words.find((word) => word.text === 'Quarter');
    expect(page?.words.map((word) => word.text)).toEqual(['Quarter', 'Sum', 'a', 'b', '3']);
    expect(quarter?.width).toBeCloseTo(2 / 3);
  });

  it('is read by the cells that exist, whatever range it claims', async () => {
    const parts = unzipSync(workbook({ S: [['Total'], [null, 7]] }));
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const sparse = sheet
      .replace('A1:B2', 'A1:XFD1048576')
      .replace('<row r="2"', '<row r="1048576"')
      .replace('r="B2"', 'r="XFD1048576"');
    const [page] = await readContent('xlsx', zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sparse) }));
    expect(sparse).toContain('r="XFD1048576"');
    expect(page?.text).toBe('Total\n\t7');
  });

  it('without a value says so', async () => {
    await expect(readContent('xlsx', workbook({ One: [[]] }))).rejects.toMatchObject({ reason: 'no_text_found' });
  });
});
