import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueCell } from '#lib/core/export/cell.ts';

const cellOf = (value: string | number, type = 'number') => valueCell({ value, raw: String(value), type });

describe('a number in a table', () => {
  it.each([
    ['9999888877776667', { kind: 'text', text: '9999888877776667' }],
    [1e21, { kind: 'text', text: '1000000000000000000000' }],
    [1234567890123456, { kind: 'text', text: '1234567890123456' }],
    [0.0000001, { kind: 'number', number: 0.0000001, decimals: 7 }],
    [1234.5, { kind: 'number', number: 1234.5, decimals: 1 }],
  ])('%s has all its digits', (value, cell) => expect(cellOf(value)).toEqual(cell));

  it('is never written with an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const cell = cellOf(number);
        expect(cell?.kind === 'text' ? Number(cell.text) : number).toBe(number);
        expect(cell?.kind === 'text' ? cell.text : '0').toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});

it('a moment with its zone keeps it, as text', () => {
  expect(cellOf('2025-01-03T23:30:00-05:00', 'date-time')).toEqual({ kind: 'text', text: '2025-01-03T23:30:00-05:00' });
});
