import { describe, expect, it } from 'vitest';
import { csvExport } from '#lib/core/export/csv-zip.ts';
import type { ExportedSchema, ExportedSession } from '#lib/core/export/input.ts';
import { maxRows, TooManyRows, xlsxExport } from '#lib/core/export/xlsx/workbook.ts';
import {
  bytesOf,
  each,
  valueOf,
  manifestOf,
  memorySpool,
  readCsv,
  readSheets,
  records,
  schemaOf,
  sessionOf,
  unzip,
} from '#tests/support/export.ts';
import { seeded } from '#tests/support/loan-packet/random.ts';

async function csv(sessions: readonly ExportedSession[], schemas: readonly ExportedSchema[]) {
  const files = unzip(await bytesOf(csvExport(each(sessions), schemas, manifestOf('csv'), memorySpool)));
  const rows = (name: string) => records(readCsv(files[name] ?? Buffer.of()));
  return { files, rows, manifest: JSON.parse(String(files['manifest.json'])) };
}

async function sheets(sessions: readonly ExportedSession[], schemas: readonly ExportedSchema[]) {
  const workbook = await xlsxExport(each(sessions), schemas, manifestOf('xlsx'), memorySpool);
  return readSheets(await bytesOf(workbook));
}

const row = (properties: object) => ({ type: 'array', items: { type: 'object', properties } });

describe('the tables of an export', () => {
  const schema = schemaOf('Loan', {
    Account_No: { type: 'string', title: 'Account no.' },
    Seller: { type: 'object', properties: { Name: { type: 'string' }, City: { type: 'string' } } },
    Holders: { type: 'array', items: { type: 'string' } },
    Payments: row({ Amount: { type: 'number' }, Parts: row({ Kind: { type: 'string' } }) }),
  });
  const session = sessionOf(schema, [
    [
      valueOf('Account_No', '0012'),
      valueOf('Seller.Name', 'ACME'),
      valueOf('Seller.City', 'Salem'),
      valueOf('Holders[0]', 'Maria'),
      valueOf('Holders[1]', 'John'),
      valueOf('Payments[0].Amount', 10, { type: 'number' }),
      valueOf('Payments[0].Parts[0].Kind', 'interest'),
      valueOf('Payments[0].Parts[1].Kind', 'fee'),
      valueOf('Payments[1].Amount', null),
    ],
    [valueOf('Account_No', null), valueOf('Payments', null, { type: 'list' })],
  ]);

  it('have a row for each account, for each row of a list, and for lists in lists', async () => {
    const { rows } = await csv([session], [schema]);
    expect(rows('loan.csv')).toMatchObject([
      { account: '1', Account_No: '0012', 'Seller.Name': 'ACME', 'Seller.City': 'Salem', Holders: 'Maria; John' },
      { account: '2', Account_No: '', Holders: '' },
    ]);
    expect(rows('loan-payments.csv')).toMatchObject([
      { account: '1', row: '1', 'Payments.Amount': '10' },
      { account: '1', row: '2', 'Payments.Amount': '' },
    ]);
    expect(rows('loan-payments-parts.csv')).toMatchObject([
      { outer_row_1: '1', row: '1', 'Payments.Parts.Kind': 'interest' },
      { outer_row_1: '1', row: '2', 'Payments.Parts.Kind': 'fee' },
    ]);
  });

  it('keep fields apart whose paths look alike', async () => {
    const odd = schemaOf('Odd', {
      'Net.Total': { type: 'string' },
      Net: { type: 'object', properties: { Total: { type: 'string' } } },
      'Line.Items': row({ 'Sum [EUR]': { type: 'string' } }),
    });
    const values = [
      valueOf('["Net.Total"]', 'one'),
      valueOf('Net.Total', 'two'),
      valueOf('["Line.Items"][0]["Sum [EUR]"]', 'three'),
    ];
    const { rows } = await csv([sessionOf(odd, [values])], [odd]);
    expect(rows('odd.csv')).toMatchObject([{ 'Net.Total': 'one', 'Net.Total (2)': 'two' }]);
    expect(rows('odd-line-items.csv')).toMatchObject([{ row: '1', 'Line.Items.Sum [EUR]': 'three' }]);
  });

  it('name columns as the schema does, in a workbook as people say them', async () => {
    const found = await sheets([session], [schema]);
    expect(found.get('Loan')?.[0]?.slice(7, 11)).toEqual(['Account no.', 'Seller – Name', 'Seller – City', 'Holders']);
    expect(found.get('Loan')?.[0]?.[4]).toBe('Account no. (2)');
    expect([...found.keys()]).toEqual(['Loan', 'Payments', 'Parts', 'Problems', 'About this export']);
  });

  it('hold the fields of every version of a schema', async () => {
    const [later, earlier] = [schemaOf('Loan', { A: {}, C: {} }), schemaOf('Loan', { A: {}, B: {} })];
    const both = { ...later, versions: [...later.versions, ...earlier.versions] };
    const old = sessionOf(earlier, [[valueOf('A', '1'), valueOf('B', '2')]]);
    const { rows } = await csv([old, sessionOf(later, [[valueOf('A', '3'), valueOf('C', '4')]])], [both]);
    expect(rows('loan.csv')).toMatchObject([
      { A: '1', B: '2', C: '' },
      { A: '3', B: '', C: '4' },
    ]);
  });

  it('tell of a value that has no place in them', async () => {
    const { rows } = await csv([sessionOf(schema, [[valueOf('Former', 'x')]])], [schema]);
    expect(rows('problems.csv')).toMatchObject([{ problem: 'Value without a column', field: 'Former', value: 'x' }]);
  });

  it('are one file or sheet each for several schemas, whatever they are called', async () => {
    const [one, two] = [schemaOf('Loan', { A: {} }), { ...schemaOf('Other', { B: {} }), name: 'loan' }];
    const both = [sessionOf(one, [[valueOf('A', '1')]]), sessionOf(two, [[valueOf('B', '2')]])];
    expect(Object.keys((await csv(both, [one, two])).files)).toEqual([
      'loan.csv',
      'other.csv',
      'problems.csv',
      'manifest.json',
    ]);
    expect([...(await sheets(both, [one, two])).keys()].slice(0, 2)).toEqual(['Loan', 'loan (2)']);
  });

  it('are never too large for a workbook without saying so', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => valueOf(`Payments[${index}].Amount`, 1));
    const sessions = Array.from({ length: maxRows / 1000 }, () => sessionOf(schema, [many]));
    await expect(sheets(sessions, [schema])).rejects.toBeInstanceOf(TooManyRows);
  });
});

describe('headings', () => {
  it('are no formulas, and each name is there once', async () => {
    const names = ['=1+1', '@SUM', '+x', "'quoted", 'session', 'Session', 'a,b', 'line\nbreak', '_x0041_', 'tab\t'];
    const schema = schemaOf('Odd', Object.fromEntries(names.map((name) => [name, { title: name }])));
    const { files } = await csv([sessionOf(schema, [[valueOf('session', 'x')]])], [schema]);
    const [heading = []] = readCsv(files['odd.csv'] ?? Buffer.of());
    expect(heading).toEqual(
      expect.arrayContaining(['=1+1', '@SUM', "'quoted", 'session', 'Session (2)', 'session (3)']),
    );
    expect(new Set(heading.map((name) => name.toLowerCase())).size).toBe(heading.length);
    expect(String(files['odd.csv'])).toContain(`'=1+1,'@SUM,'+x,''quoted`);
    const found = await sheets([sessionOf(schema, [[]])], [schema]);
    expect(found.get('Odd')?.[0]).toEqual(expect.arrayContaining(['=1+1', '_x0041_', 'line\nbreak', 'tab\t']));
  });
});

describe('cells of a workbook', () => {
  const typed = (path: string, value: string | number | boolean, type: string, raw?: string) =>
    valueOf(path, value, { type, ...(raw === undefined ? {} : { raw }) });

  it('keep their types', async () => {
    const names = ['Day', 'Moment', 'Hour', 'Amount', 'Yes', 'Iban', 'Code', 'Looks', 'Old', 'Never', 'Long'];
    const schema = schemaOf('Types', Object.fromEntries(names.map((name) => [name, {}])));
    const leaves = [
      typed('Day', '2016-02-29', 'date'),
      typed('Moment', '2025-01-03T14:05:30', 'date-time'),
      typed('Hour', '06:00:00', 'time'),
      typed('Amount', 1234.5, 'number', '1,234.50'),
      typed('Yes', true, 'boolean'),
      typed('Iban', 'DE89370400440532013000', 'iban'),
      typed('Code', '000123', 'string'),
      typed('Looks', '2025-01-03', 'string'),
      typed('Old', '1899-12-31', 'date'),
      typed('Never', '2025-02-30', 'date'),
      typed('Long', 1234567890123456, 'number'),
    ];
    const found = await sheets([sessionOf(schema, [leaves])], [schema]);
    expect(records(found.get('Types') ?? [])[0]).toMatchObject({
      Day: new Date('2016-02-29'),
      Moment: new Date('2025-01-03T14:05:30Z'),
      Hour: new Date('1899-12-30T06:00:00Z'),
      Amount: 1234.5,
      Yes: true,
      Iban: 'DE89370400440532013000',
      Code: '000123',
      Looks: '2025-01-03',
      Old: '1899-12-31',
      Never: '2025-02-30',
      Long: '1234567890123456',
    });
  });

  it('hold every number and every day exactly', async () => {
    const random = seeded(11);
    const numbers = Array.from({ length: 2000 }, () => {
      const decimals = random.int(0, 6);
      const number = random.next() * 10 ** random.int(0, 15 - decimals) * (random.chance(0.3) ? -1 : 1);
      // There is no negative zero on paper.
      return Number(number.toFixed(decimals)) + 0;
    });
    const days = numbers.map(() => new Date(Date.UTC(1900, 2, 1 + random.int(0, 80_000))));
    const schema = schemaOf('All', { Rows: row({ Number: { type: 'number' }, Day: { format: 'date' } }) });
    const leaves = numbers.flatMap((number, index) => [
      valueOf(`Rows[${index}].Number`, number, { type: 'number' }),
      valueOf(`Rows[${index}].Day`, days[index]?.toISOString().slice(0, 10) ?? '', { type: 'date' }),
    ]);
    const session = sessionOf(schema, [leaves]);
    const read = records((await sheets([session], [schema])).get('Rows') ?? []);
    expect(read.map((one) => one.Number)).toEqual(numbers);
    expect(read.map((one) => one.Day)).toEqual(days);
    const lines = (await csv([session], [schema])).rows('all-rows.csv');
    expect(lines.map((line) => Number(line['Rows.Number']))).toEqual(numbers);
  });

  it('show numbers with the decimals that they have, and cents where they are printed', async () => {
    const schema = schemaOf('Types', { A: {}, B: {}, C: {} });
    const leaves = [typed('A', 1234.5, 'number', '1,234.50'), typed('B', 0.125, 'number'), typed('C', 7, 'integer')];
    const workbook = await xlsxExport(each([sessionOf(schema, [leaves])]), [schema], manifestOf('xlsx'), memorySpool);
    const files = unzip(await bytesOf(workbook));
    const styles = [...String(files['xl/styles.xml']).matchAll(/<xf numFmtId="(\d+)" [^>]*xfId="0"/g)].map(
      ([, id]) => id,
    );
    const codes = new Map(
      [...String(files['xl/styles.xml']).matchAll(/numFmtId="(\d+)" formatCode="([^"]+)"/g)].map(([, id, code]) => [
        id,
        code,
      ]),
    );
    const shown = [...String(files['xl/worksheets/sheet1.xml']).matchAll(/<c r="[HIJ]2" s="(\d+)"><v>/g)].map(
      ([, index]) => {
        const id = styles[Number(index)];
        return codes.get(id) ?? id;
      },
    );
    // 4 and 3 are the built-in formats #,##0.00 and #,##0.
    expect(shown).toEqual(['4', '#,##0.000', '3']);
  });
});

describe('what is wrong with what is exported', () => {
  const failure = { reason: 'corrupt_file', message: 'The file is damaged.' };

  it('stands in the manifest and among the problems', async () => {
    const schema = schemaOf('Loan', { A: {}, B: {} }, ['B']);
    const wrong = { rule: 'adds up', ok: false, severity: 'error' as const, message: 'It does not add up' };
    const evidence = { pageNum: 2, quote: 'x', boxes: [] };
    const leaves = [
      valueOf('A', 'x', { state: 'not_in_document', evidence, checks: [wrong] }),
      valueOf('B', null, { state: 'not_found', checks: [wrong] }),
    ];
    const session = sessionOf(schema, [leaves], {
      status: 'processing',
      documents: [
        { id: 'd1', name: 'good.pdf', status: 'completed', pages_total: 3, pages_failed: 1, failure: null },
        { id: 'd2', name: 'bad.pdf', status: 'failed', pages_total: 0, pages_failed: 0, failure },
      ],
      failedPages: [{ document_id: 'd1', page_num: 1, failure }],
    });
    const { rows, manifest } = await csv([session], [schema]);
    expect(manifest).toMatchObject({
      complete: false,
      counts: { sessions: 1, by_status: { processing: 1 }, unfinished: 1, failed_documents: 1, failed_pages: 1 },
      failed_documents: [{ document: 'bad.pdf', message: 'The file is damaged.' }],
      failed_pages: [{ document: 'good.pdf', page_num: 1 }],
    });
    expect(rows('problems.csv')).toMatchObject([
      { problem: 'Session not finished' },
      { problem: 'Document failed', document: 'bad.pdf' },
      { problem: 'Page failed', document: 'good.pdf', page: '2' },
      { problem: 'Rule fails', detail: 'It does not add up (adds up, error)', field: 'A', page: '3' },
      { problem: 'Not in document', field: 'A', value: 'x' },
      { problem: 'Needs attention', field: 'B', detail: 'It is required and was not found' },
    ]);
    expect(rows('loan.csv')).toMatchObject([{ session_status: 'processing', needs_attention: '2' }]);
  });
});
