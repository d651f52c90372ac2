import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillDown, type Grid, mergeWithNext, parseCells, pasteInto, splitRow } from '#lib/core/values/grid-edits.ts';
import type { Scalar } from '#lib/core/fields/path.ts';

function gridOf(...rows: [Scalar | null, Scalar | null][]): Grid {
  return {
    documentId: 'd',
    accountIndex: 1,
    path: 'Items',
    columns: [
      { key: 'Item', isNumber: false },
      { key: 'Price', isNumber: true },
    ],
    rows: rows.map(([item, price], index) => ({
      rowId: `r${index}`,
      cells: new Map([
        ['Item', { id: `r${index}.0`, value: item }],
        ['Price', { id: `r${index}.1`, value: price }],
      ]),
    })),
  };
}
const at = { op: 'insert_row', document_id: 'd', account_index: 1, path: 'Items' };

describe('cells of a spreadsheet', () => {
  it('are parted by tabs and line breaks, but not inside quotes', () => {
    expect(parseCells('a\tb\r\n1\t"two\nlines, ""quoted"""\n')).toEqual([
      ['a', 'b'],
      ['1', 'two\nlines, "quoted"'],
    ]);
    expect(parseCells('one')).toEqual([['one']]);
    expect(parseCells('a\t\tc')).toEqual([['a', '', 'c']]);
  });

  it('are quoted only where a quotation mark closes them', () => {
    expect(parseCells('"a""\t"b"c\t"d')).toEqual([['"a""', '"b"c', '"d']]);
    expect(parseCells('""\t""""')).toEqual([['', '"']]);
  });

  it('come back as they were written, whatever they hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('"', '\t', '\n', 'a', ' ') });
    const table = fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 });
    const written = (rows: string[][]) =>
      rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join('\t')).join('\n');
    fc.assert(
      fc.property(table, (rows) => {
        expect(parseCells(written(rows))).toEqual(rows);
      }),
    );
  });

  it('are pasted to the right and down, and rows beyond the last are added', () => {
    const grid = gridOf(['Chair', 10], ['Table', 25]);
    expect(pasteInto(grid, 1, 0, 'Desk\t30\nLamp\t5\textra')).toEqual([
      { op: 'set', id: 'r1.0', value: 'Desk' },
      { op: 'set', id: 'r1.1', value: '30' },
      { ...at, at: 2, values: { Item: 'Lamp', Price: '5' } },
    ]);
  });

  it('empty a cell when they are empty', () => {
    expect(pasteInto(gridOf(['Chair', 10]), 0, 0, '\t12')).toEqual([
      { op: 'absent', id: 'r0.0' },
      { op: 'set', id: 'r0.1', value: '12' },
    ]);
  });
});

describe('rows', () => {
  it('take the value above by filling', () => {
    expect(fillDown(gridOf(['Chair', 10], ['Table', null]), 1, 'Price')).toEqual([
      { op: 'set', id: 'r1.1', value: 10 },
    ]);
    expect(fillDown(gridOf(['Chair', 10]), 0, 'Price')).toEqual([]);
  });

  it('are merged: texts joined, gaps filled, the second gone', () => {
    expect(mergeWithNext(gridOf(['Office', null], ['chair', 10]), 0)).toEqual([
      { op: 'set', id: 'r0.0', value: 'Office chair' },
      { op: 'set', id: 'r0.1', value: 10 },
      { op: 'delete_row', row_id: 'r1' },
    ]);
    expect(mergeWithNext(gridOf(['Chair', 10]), 0)).toEqual([]);
  });

  it('are split where the text says so, else between words', () => {
    expect(splitRow(gridOf(['Chair, oak; Table', 10]), 0, 'Item')).toEqual([
      { op: 'set', id: 'r0.0', value: 'Chair' },
      { ...at, at: 1, values: { Item: 'oak; Table' } },
    ]);
    expect(splitRow(gridOf(['Chair Table', 10]), 0, 'Item')).toMatchObject([
      { value: 'Chair' },
      { values: { Item: 'Table' } },
    ]);
    expect(splitRow(gridOf(['Chair', 10]), 0, 'Item')).toEqual([]);
  });
});
