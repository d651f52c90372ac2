import type { ValueView } from '#lib/core/contract/results.ts';
import { describe, expect, it } from 'vitest';
import { toBlocks } from '#app/sessions/[id]/review/fields/blocks.ts';
import { valueText } from '#app/sessions/[id]/review/fields/value-labels.ts';

function field(path: string, value: ValueView['value'], change: Partial<ValueView> = {}): ValueView {
  const label = path.split(/[.[\]]+/).findLast((step) => /\D/.test(step)) ?? path;
  return {
    id: path,
    path,
    row_id: null,
    label,
    type: typeof value === 'number' ? 'number' : 'string',
    value,
    raw: null,
    state: value === null ? 'not_found' : 'found',
    evidence: null,
    trust: 0.9,
    signals: [],
    checks: [],
    original: null,
    attention: false,
    attention_reason: null,
    suggestion: null,
    version: 1,
    ...change,
  };
}

const account = { document_id: 'd', account_index: 0, account_number: null, pages: [0], boundaries: [], data: {} };

describe('the values of an account', () => {
  it('stay in the order of the schema, rows gathered into tables', () => {
    const fields = [
      field('Number', 'A1'),
      field('Rows[0].Date', '2026-01-01', { row_id: 'r0' }),
      field('Rows[0].Amount', 5, { row_id: 'r0' }),
      field('Rows[1].Amount', 7, { row_id: 'r1' }),
      field('Total', 12),
    ];
    const blocks = toBlocks({ ...account, fields }, []);
    expect(blocks.map(({ kind, label }) => `${kind} ${label}`)).toEqual(['value Number', 'rows Rows', 'value Total']);
    const table = blocks[1];
    if (table?.kind !== 'rows') throw new Error('no table');
    expect(table.columns.map(({ key, isNumber }) => [key, isNumber])).toEqual([
      ['Date', false],
      ['Amount', true],
    ]);
    expect(table.rows.map(({ cells }) => cells.get('Amount')?.value)).toEqual([5, 7]);
    expect(table.rows[1]?.cells.has('Date')).toBe(false);
  });

  it('show a list of plain values as values', () => {
    const blocks = toBlocks({ ...account, fields: [field('Holders[0]', 'Ann'), field('Holders[1]', 'Bob')] }, []);
    expect(blocks).toMatchObject([{ kind: 'values', label: 'Holders', fields: [{ value: 'Ann' }, { value: 'Bob' }] }]);
  });

  it('name what a nested value is part of', () => {
    expect(toBlocks({ ...account, fields: [field('Seller.Name', 'X')] }, [])).toMatchObject([
      { label: 'Seller · Name' },
    ]);
  });

  it('are told apart by their whole path, whatever the names', () => {
    const fields = [
      field('["Line.Items"][0]["Net [EUR]"]', 1, { row_id: 'r0' }),
      field('Line.Items[0]["Net [EUR]"]', 2, { row_id: 'r1' }),
      field('["Invoice No."]', 'A1', { label: 'Invoice no.' }),
    ];
    const [whole, nested, single] = toBlocks({ ...account, fields }, []);
    if (whole?.kind !== 'rows' || nested?.kind !== 'rows') throw new Error('no tables');
    expect([whole.path, nested.path]).toEqual(['["Line.Items"]', 'Line.Items']);
    expect(whole.columns.map(({ key }) => key)).toEqual(['["Net [EUR]"]']);
    expect(whole.rows.map(({ cells }) => cells.get('["Net [EUR]"]')?.value)).toEqual([1]);
    expect(single).toMatchObject({ kind: 'value', label: 'Invoice no.' });
  });

  it('have lists without a row, and columns that no row has, in the order of the schema', () => {
    const amount = { key: 'Amount', label: 'Amount', type: 'number' };
    const date = { key: 'Date', label: 'Date', type: 'date' };
    const lines = { path: 'Lines', label: 'Line items', columns: [date, amount] };
    const [empty] = toBlocks({ ...account, fields: [] }, [lines]);
    expect(empty).toMatchObject({ kind: 'rows', label: 'Line items', path: 'Lines', rows: [] });
    const [filled] = toBlocks({ ...account, fields: [field('Lines[0].Amount', 5, { row_id: 'r0' })] }, [lines]);
    if (filled?.kind !== 'rows') throw new Error('no table');
    expect(filled.columns.map(({ key }) => key)).toEqual(['Date', 'Amount']);
    const plain = { path: 'Notes', label: 'Notes', columns: [{ key: '', label: 'Notes', type: 'string' }] };
    expect(toBlocks({ ...account, fields: [] }, [plain])).toMatchObject([
      { kind: 'values', path: 'Notes', fields: [] },
    ]);
  });
});

describe('a value as text', () => {
  it('keeps cents where they are printed', () => {
    expect(valueText({ value: 24_500, raw: '$24,500.00' })).toBe('24,500.00');
    expect(valueText({ value: 742.5, raw: '742,50 €' })).toBe('742.50');
    expect(valueText({ value: 12, raw: '12' })).toBe('12');
  });

  it('leaves text as it is: an identifier gets no separators', () => {
    expect(valueText({ value: '1234567', raw: '1234567' })).toBe('1234567');
  });
});
