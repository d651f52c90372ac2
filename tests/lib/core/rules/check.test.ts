import { expect, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { checkRecord } from '#lib/core/rules/check.ts';

const number = { type: 'number' };
const fields = {
  type: 'object',
  properties: {
    Total: number,
    Net: number,
    Tax: number,
    Currency: { type: 'string' },
    Issued: { type: 'string', format: 'date' },
    Due: { type: 'string', format: 'date' },
    Buyer: { type: 'object', properties: { Name: { type: 'string' }, Limit: number } },
    'Due (USD)': number,
    type: { type: 'string' },
    Rows: { type: 'array', items: { type: 'object', properties: { Amount: number, Fee: number, Balance: number } } },
    Parts: { type: 'array', items: number },
  },
};

function check(expression: string, record: Record<string, unknown>) {
  const rules = [{ name: 'rule', check: expression, message: 'does not hold' }];
  const [result] = checkRecord(parseDefinition({ slug: 'x', name: 'x', fields, rules }), record);
  return result ? (result.ok ? 'holds' : result.message) : 'does not apply';
}

test('numbers that are kept as the text of their digits are numbers', () => {
  expect(check('Total == Net + 1', { Total: '12345678901234567891', Net: '12345678901234567890' })).toBe('holds');
});

test('sums of longer numbers than usual are exact', () => {
  const [long, next] = ['123456789012345678901234567890.25', '123456789012345678901234567891.25'];
  expect(check('Total == Net + 1', { Total: next, Net: long })).toBe('holds');
  expect(check('Total == Net + 1', { Total: long, Net: long })).toBe('does not hold');
  expect(check("Total == sum(Rows, 'Amount')", { Total: next, Rows: [{ Amount: long }, { Amount: 1 }] })).toBe('holds');
  expect(check('Total == Net * 10', { Total: '1234567890123456789012345678902.5', Net: long })).toBe('holds');
});

test('numbers are decimals, so 0.1 and 0.2 make 0.3', () => {
  expect(check('Total == Net + Tax', { Total: 0.3, Net: 0.1, Tax: 0.2 })).toBe('holds');
});

test.each([
  ['Total * 2 > 5', { Total: 3 }],
  ['-Total < 0', { Total: 3 }],
  ['Total == 3', { Total: 3 }],
  ['3.0 == Total', { Total: 3 }],
  ['Total % 2 == 1', { Total: 3 }],
  ["Currency in ['EUR', 'USD']", { Currency: 'EUR' }],
  ["record['Due (USD)'] > 1", { 'Due (USD)': 2 }],
  ["record.type == 'a'", { type: 'a' }],
  ['near(Total, sum(Parts))', { Total: 0.3, Parts: [0.1, 0.2] }],
  ["near(Total, sum(Rows, 'Amount'))", { Total: 3, Rows: [{ Amount: 1 }, { Amount: null }, { Amount: 2 }] }],
  ["sum(Rows, 'Fee') == 0", { Rows: [{ Amount: 1 }] }],
  ['near(Total, 100, 1)', { Total: 100.99 }],
  ['size(Rows) == 2', { Rows: [{}, {}] }],
  ['Rows.all(row, row.Amount > 0)', { Rows: [{ Amount: 1 }, { Amount: 2 }] }],
  ["date(Due) - date(Issued) <= duration('744h')", { Issued: '2025-01-01', Due: '2025-02-01' }],
  ['Tax == null || Tax <= Total', { Total: 3 }],
])('%s holds for %j', (expression, record) => {
  expect(check(expression, record)).toBe('holds');
});

test.each([
  ['Total == Net + Tax', { Total: 3, Net: 1 }],
  ["Currency == 'EUR'", {}],
  ["Currency != 'EUR'", {}],
  ['date(Due) >= date(Issued)', { Issued: '2025-01-01' }],
  ["near(Total, sum(Rows, 'Amount'))", { Total: 3 }],
  ['Buyer.Limit > Total', { Total: 3 }],
  ['Rows.all(row, row.Amount > 0)', { Rows: [{ Amount: null }] }],
])('%s does not apply to %j', (expression, record) => {
  expect(check(expression, record)).toBe('does not apply');
});

test.each([
  ['Tax <= Total', { Total: 3, Tax: 4 }],
  ['size(Rows) > 0', {}],
  ['Tax != null', {}],
  ['near(Total, Net)', { Total: 1.01, Net: 1 }],
])('%s fails for %j', (expression, record) => {
  expect(check(expression, record)).toBe('does not hold');
});

test('a rule that cannot be computed says why, and the others are still checked', () => {
  const rules = [
    { name: 'broken', check: 'Total / Net > 1' },
    { name: 'typed', check: 'Currency > 3' },
    { name: 'sound', check: 'Total == 3', severity: 'warning' },
  ];
  const checks = checkRecord(parseDefinition({ slug: 'x', name: 'x', fields, rules }), {
    Total: 3,
    Net: 0,
    Currency: 'EUR',
  });
  expect(checks.map(({ rule, ok }) => [rule, ok])).toEqual([
    ['broken', false],
    ['typed', false],
    ['sound', true],
  ]);
  expect(checks[0]?.message).toBe('The rule could not be computed: it divides by zero');
});

test('a check names the single values that its rule speaks of, nested ones too', () => {
  const rules = [
    { name: 'one', check: "near(Total, sum(Rows, 'Amount')) && Buyer.Limit > Total" },
    { name: 'two', check: 'size(Rows) == 1' },
  ];
  const record = { Total: 1, Rows: [{ Amount: 1 }], Buyer: { Name: 'A', Limit: 5 } };
  const [one, two] = checkRecord(parseDefinition({ slug: 'x', name: 'x', fields, rules }), record);
  expect(one?.paths).toEqual([['Total'], ['Buyer', 'Limit']]);
  expect(two?.paths).toEqual([['Rows'], ['Rows', 0, 'Amount'], ['Rows', 0, 'Fee'], ['Rows', 0, 'Balance']]);
});

function chain(open: number | null, rows: (number | null)[][]) {
  const rules = [
    { name: 'balance', chain: { rows: 'Rows', open: 'Total', subtract: ['Amount', 'Fee'], balance: 'Balance' } },
  ];
  const Rows = rows.map(([Amount, Fee, Balance]) => ({ Amount, Fee, Balance }));
  const definition = parseDefinition({ slug: 'x', name: 'x', fields, rules });
  return checkRecord(definition, { Total: open, Rows }, (path) => (Number(path[1]) > 1 ? 4 : 3));
}

/** The first thing that a chain says. */
const firstOf = (...given: Parameters<typeof chain>) => chain(...given)[0];

test('a running balance names each of its breaks, and goes on from what is printed there', () => {
  const rows: [number, number, number][] = [
    [10, 0, 90],
    [10, 0, 81],
    [10, 0, 71],
    [10, 0, 60],
  ];
  expect(chain(100, rows).map(({ paths }) => paths)).toEqual([[['Rows', 1, 'Balance']], [['Rows', 3, 'Balance']]]);
});

test('a running balance that adds up holds', () => {
  expect(
    firstOf(100, [
      [10, null, 90],
      [0.1, 0.2, 89.7],
    ]),
  ).toMatchObject({ ok: true });
});

test('a running balance names row, page and difference of its first break, at the very cell', () => {
  const broken = firstOf(100, [
    [10, 0, 90],
    [10, 0, 80],
    [10, 0, 71],
    [10, 0, 50],
  ]);
  expect(broken).toMatchObject({ ok: false, paths: [['Rows', 2, 'Balance']] });
  expect(broken?.message).toBe('The balance breaks at page 5, row 3: it should be 70.00, it is 71.00 (+1.00)');
});

test('a running balance without its opening begins at the first row', () => {
  expect(
    firstOf(null, [
      [10, 0, 90],
      [10, 0, 80],
    ]),
  ).toMatchObject({ ok: true });
  expect(
    firstOf(null, [
      [10, 0, 90],
      [10, 0, 81],
    ]),
  ).toMatchObject({ ok: false });
});

test('rows whose amounts were not read are no break', () => {
  expect(
    firstOf(100, [
      [null, null, 90],
      [10, 0, 80],
    ]),
  ).toMatchObject({ ok: true });
  expect(
    firstOf(100, [
      [10, 0, null],
      [10, 0, 80],
    ]),
  ).toMatchObject({ ok: true });
  expect(
    firstOf(100, [
      [null, null, null],
      [10, 0, 70],
    ]),
  ).toBeUndefined();
});

test('a running balance finds lists and columns whose names hold dots and brackets, quoted or bare', () => {
  const properties = { 'Net [EUR]': number, 'Bal.': number };
  const odd = {
    type: 'object',
    properties: {
      'Opening [EUR]': number,
      'Line.Items': { type: 'array', items: { type: 'object', properties } },
    },
  };
  const record = { 'Opening [EUR]': 100, 'Line.Items': [{ 'Net [EUR]': 10, 'Bal.': 80 }] };
  for (const rows of ['Line.Items', '["Line.Items"]']) {
    const walk = { rows, open: 'Opening [EUR]', subtract: ['Net [EUR]'], balance: 'Bal.' };
    const definition = parseDefinition({
      slug: 'x',
      name: 'x',
      fields: odd,
      rules: [{ name: 'balance', chain: walk }],
    });
    expect(checkRecord(definition, record)).toMatchObject([{ ok: false, paths: [['Line.Items', 0, 'Bal.']] }]);
  }
});
