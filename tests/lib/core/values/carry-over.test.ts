import { describe, expect, it } from 'vitest';
import { carryOver, rowsWithoutField } from '#lib/core/values/carry-over.ts';
import { confirmValue, markAbsent, setValue } from '#lib/core/values/set-value.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { fieldAt } from '#lib/core/fields/field.ts';
import type { Value } from '#lib/core/values/value.ts';
import { type Path, type Scalar, pathText } from '#lib/core/fields/path.ts';
import type { KeptRow } from '#lib/core/values/match-rows.ts';

const { fields, locale } = parseDefinition(
  {
    name: 'Account',
    fields: {
      type: 'object',
      properties: {
        Name: { type: 'string' },
        Total: { type: 'number' },
        Rows: {
          type: 'array',
          items: { type: 'object', properties: { Date: { type: 'string' }, Amount: { type: 'number' } } },
        },
      },
    },
  },
  { slug: 'account' },
);

function leaf(path: Path, value: Scalar | null): Value {
  const state = value === null ? 'not_found' : 'found';
  const type = typeof value === 'number' ? 'number' : 'string';
  return {
    path,
    label: String(path.at(-1)),
    type,
    value,
    raw: String(value),
    state,
    evidence: null,
    trust: 0.9,
    signals: [],
    checks: [],
  };
}

const scalar = (path: string, value: Scalar | null) => ({ path, isListRow: false, leaves: [leaf([path], value)] });
const listRow = (index: number, date: string, amount: number) => ({
  path: 'Rows',
  isListRow: true,
  leaves: [leaf(['Rows', index, 'Date'], date), leaf(['Rows', index, 'Amount'], amount)],
});
const kept = (row: { path: string; leaves: Value[] }, more: Partial<KeptRow> = {}): KeptRow => ({
  path: row.path,
  leaves: row.leaves,
  rowId: null,
  extracted: null,
  isDeleted: false,
  ...more,
});

function decided(
  row: { path: string; leaves: Value[] },
  column: number,
  decide: (leaf: Value) => Value,
  rowId: string | null = null,
) {
  const leaves = row.leaves.map((one, index) => (index === column ? decide(one) : one));
  return kept({ ...row, leaves }, { extracted: row.leaves, rowId });
}

function setTo(value: Scalar) {
  return (one: Value) => {
    const field = fieldAt(fields, one.path);
    if (field?.kind !== 'scalar') throw new Error('not a scalar');
    return setValue(field, one, value, locale);
  };
}

const valuesOf = (rows: readonly { leaves: Value[]; isDeleted: boolean }[]) =>
  rows.filter((row) => !row.isDeleted).map((row) => row.leaves.map((one) => one.value));

describe('carrying decisions over to a new result', () => {
  it('keeps what a person wrote, and what they saw and refused is no news', () => {
    const before = [decided(scalar('Name', 'Acme'), 0, setTo('Acme Ltd'))];
    const [name] = carryOver(fields, before, [scalar('Name', 'Acme')]);
    expect(name?.leaves[0]).toMatchObject({ value: 'Acme Ltd', state: 'edited', suggestion: null });
    expect(name?.extracted?.[0]).toMatchObject({ value: 'Acme' });
  });

  it('shows a new value that differs as a suggestion', () => {
    const before = [decided(scalar('Name', 'Acme'), 0, setTo('Acme Ltd'))];
    const [name] = carryOver(fields, before, [scalar('Name', 'Acme Limited')]);
    expect(name?.leaves[0]).toMatchObject({ value: 'Acme Ltd', suggestion: { value: 'Acme Limited' } });
  });

  it('keeps confirmations and absences', () => {
    const before = [decided(scalar('Name', 'Acme'), 0, confirmValue), decided(scalar('Total', 5), 0, markAbsent)];
    const rows = carryOver(fields, before, [scalar('Name', 'Acme'), scalar('Total', 7)]);
    expect(rows[0]?.leaves[0]).toMatchObject({ value: 'Acme', state: 'confirmed', trust: 1 });
    expect(rows[1]?.leaves[0]).toMatchObject({ value: null, state: 'absent', suggestion: { value: 7 } });
  });

  it('finds an edited row again by its content, wherever it stands now', () => {
    const before = [kept(listRow(0, 'Jan', 10), { rowId: 'a' }), decided(listRow(1, 'Feb', 20), 1, setTo(21), 'b')];
    const rows = carryOver(fields, before, [listRow(0, 'Dec', 5), listRow(1, 'Jan', 10), listRow(2, 'Feb', 20)]);
    expect(valuesOf(rows)).toEqual([
      ['Dec', 5],
      ['Jan', 10],
      ['Feb', 21],
    ]);
    expect(rows.map((row) => row.rowId)).toEqual([null, 'a', 'b']);
    expect(rows[2]?.leaves[1]?.path).toEqual(['Rows', 2, 'Amount']);
  });

  it('finds an edited row whose reading changed in part', () => {
    const before = [decided(listRow(0, 'Feb', 20), 1, setTo(21), 'b')];
    const rows = carryOver(fields, before, [listRow(0, 'Feb', 26)]);
    expect(rows[0]?.leaves[1]).toMatchObject({ value: 21, suggestion: { value: 26 } });
  });

  it('finds many edited rows that all changed in part, in time', () => {
    const days = Array.from({ length: 10_000 }, (_, row) => row);
    const before = days.map((day) => decided(listRow(day, `day ${day}`, day), 0, confirmValue, `row ${day}`));
    // Compared pair by pair they would reach the time limit of the test.
    const rows = carryOver(
      fields,
      before,
      days.map((day) => listRow(day, `day ${day}`, day + 0.5)),
    );
    expect(rows.map(({ rowId }) => rowId)).toEqual(days.map((day) => `row ${day}`));
  });

  it('keeps rows that people added or changed and that the new result lacks, at their place', () => {
    const added = kept(
      { path: 'Rows', leaves: listRow(1, 'Feb', 20).leaves.map((one) => ({ ...one, state: 'edited' as const })) },
      { extracted: [], rowId: 'x' },
    );
    const before = [kept(listRow(0, 'Jan', 10), { rowId: 'a' }), added, kept(listRow(2, 'Mar', 30), { rowId: 'c' })];
    const rows = carryOver(fields, before, [listRow(0, 'Jan', 10), listRow(1, 'Mar', 30)]);
    expect(valuesOf(rows)).toEqual([
      ['Jan', 10],
      ['Feb', 20],
      ['Mar', 30],
    ]);
    expect(rows.map((row) => row.leaves[0]?.path[1])).toEqual([0, 1, 2]);
  });

  it('leaves deleted rows deleted, and rows that nobody touched to the new result', () => {
    const before = [
      kept(listRow(0, 'Jan', 10), { rowId: 'a', isDeleted: true }),
      kept(listRow(1, 'Feb', 20), { rowId: 'b' }),
    ];
    const rows = carryOver(fields, before, [listRow(0, 'Jan', 10), listRow(1, 'Mar', 30)]);
    expect(valuesOf(rows)).toEqual([['Mar', 30]]);
    expect(rows.find((row) => row.rowId === 'a')).toMatchObject({ isDeleted: true });
  });

  it('keeps the rows of lists and the values whose names hold dots and brackets', () => {
    const items = { type: 'array', items: { type: 'object', properties: { 'Net [EUR]': { type: 'number' } } } };
    const properties = {
      'Invoice No.': { type: 'string' },
      'Line.Items': items,
      Line: { type: 'object', properties: { Items: items } },
    };
    const { fields: odd } = parseDefinition({ name: 'Odd', fields: { type: 'object', properties } }, { slug: 'odd' });
    const numbered = (path: Path, value: number) => ({
      path: pathText(path.slice(0, -2)),
      isListRow: true,
      leaves: [leaf(path, value)],
    });
    const rows = [
      { path: '["Invoice No."]', isListRow: false, leaves: [leaf(['Invoice No.'], 'A1')] },
      numbered(['Line.Items', 0, 'Net [EUR]'], 1),
      numbered(['Line.Items', 1, 'Net [EUR]'], 2),
      numbered(['Line', 'Items', 0, 'Net [EUR]'], 3),
    ];
    const before = rows.map((row, index) => decided(row, 0, setTo(index * 10), row.isListRow ? `row ${index}` : null));
    const carried = carryOver(odd, before, rows);
    expect(valuesOf(carried)).toEqual([['0'], [10], [20], [30]]);
    expect(carried.map(({ rowId }) => rowId)).toEqual([null, 'row 1', 'row 2', 'row 3']);

    function setTo(value: Scalar) {
      return (one: Value): Value => {
        const field = fieldAt(odd, one.path);
        if (field?.kind !== 'scalar') throw new Error('not a scalar');
        return setValue(field, one, value, locale);
      };
    }
  });

  it('keeps a deleted row deleted though a run between did not read it', () => {
    const deleted = kept(listRow(0, 'Jan', 10), { rowId: 'a', isDeleted: true });
    const between = carryOver(fields, [deleted], [listRow(0, 'Feb', 20)]);
    expect(valuesOf(between)).toEqual([['Feb', 20]]);
    const rows = carryOver(fields, between, [listRow(0, 'Jan', 10), listRow(1, 'Feb', 20)]);
    expect(valuesOf(rows)).toEqual([['Feb', 20]]);
  });

  it('deletes no row that is only like a deleted one, and not the last of equal ones', () => {
    const deleted = kept(listRow(0, 'Jan', 10), { rowId: 'a', isDeleted: true });
    expect(valuesOf(carryOver(fields, [deleted], [listRow(0, 'Jan', 25)]))).toEqual([['Jan', 25]]);
    const twin = kept(listRow(1, 'Jan', 10), { rowId: 'b' });
    const rows = carryOver(fields, [deleted, twin], [listRow(0, 'Jan', 10)]);
    expect(valuesOf(rows)).toEqual([['Jan', 10]]);
    expect(rows.find((row) => !row.isDeleted)?.rowId).toBe('b');
  });

  it('keeps a row that a person added beside an equal one', () => {
    const added = kept(listRow(1, 'Jan', 10), { rowId: 'x', extracted: [] });
    const rows = carryOver(fields, [kept(listRow(0, 'Jan', 10), { rowId: 'a' }), added], [listRow(0, 'Jan', 10)]);
    expect(rows.map(({ rowId }) => rowId)).toEqual(['a', 'x']);
  });

  it('forgets a row that a person added and deleted again', () => {
    const added = kept(listRow(0, 'Jan', 10), { rowId: 'x', extracted: [], isDeleted: true });
    expect(valuesOf(carryOver(fields, [added], [listRow(0, 'Jan', 10)]))).toEqual([['Jan', 10]]);
  });

  it('gives back decisions on fields that the schema does not have', () => {
    const before = [decided(scalar('Gone', 'Acme'), 0, confirmValue), kept(scalar('Name', 'Acme'))];
    expect(rowsWithoutField(fields, before, [scalar('Name', 'Acme')])).toEqual([before[0]]);
  });

  it('drops the word that a list has no rows where a person added one', () => {
    const placeholder = { path: 'Rows', isListRow: false, leaves: [{ ...leaf(['Rows'], null), type: 'list' }] };
    const added = kept({ path: 'Rows', leaves: listRow(0, 'Feb', 20).leaves }, { extracted: [], rowId: 'x' });
    expect(valuesOf(carryOver(fields, [added], [placeholder]))).toEqual([['Feb', 20]]);
  });
});
