import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Path, fieldKey, parsePath, pathReadings, pathText } from '#lib/core/fields/path.ts';
import { fieldName } from '#tests/support/field-names.ts';

const anyPath: fc.Arbitrary<Path> = fc.array(
  fc.oneof(fieldName, fc.string({ unit: 'binary' }), fc.constant('\ud800'), fc.nat(1_000_000)),
  { maxLength: 5 },
);

describe('the text of a path', () => {
  it('is read back as the same path, whatever the names', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(parsePath(pathText(path))).toEqual(path);
      }),
    );
  });

  it('is plain for plain names, and quotes a name only where it must', () => {
    expect(pathText(['Payments', 2, 'Amount'])).toBe('Payments[2].Amount');
    expect(pathText(['Seller', 'Invoice No'])).toBe('Seller.Invoice No');
    expect(pathText(['Line.Items', 2, 'Net [EUR]'])).toBe('["Line.Items"][2]["Net [EUR]"]');
    expect(pathText([])).toBe('');
  });

  it('is none where it is not well formed', () => {
    for (const text of ['a..b', '.a', 'a.', 'a[', 'a]', 'a[x]', '["a]', '["\\x"]', 'a["b"]c', '[12345678901]']) {
      expect(parsePath(text)).toBeNull();
    }
  });

  it('names a field in all rows of its lists, though its name looks like a row', () => {
    expect(fieldKey(['A[0]', 3, 'B'])).toBe('["A[0]"][].B');
    expect(fieldKey(['A', 3])).toBe('A[]');
  });

  it('may be a bare name with dots or brackets, too', () => {
    expect(pathReadings('Line.Items')).toEqual([['Line', 'Items'], ['Line.Items'], ['Line', 'Items']]);
    expect(pathReadings('["Line.Items"]')[0]).toEqual(['Line.Items']);
    expect(pathReadings('Seller.Fees [EUR]')).toContainEqual(['Seller', 'Fees [EUR]']);
  });
});
