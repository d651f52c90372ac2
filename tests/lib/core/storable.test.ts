import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isStorable,
  numberInQuery,
  storableIndex,
  storableText,
  toStorable,
  toStorableJson,
  unstorablePart,
} from '#lib/core/storable.ts';

test('a text is storable without NUL and halves of surrogate pairs', () => {
  expect(['', 'a', '😀', '\u0001', '\uffff'].every(isStorable)).toBe(true);
  expect(['\0', 'a\0', '\ud83d', '\ude00\ud83d'].some(isStorable)).toBe(false);
  expect(toStorable('a\0b\ud83d😀')).toBe('ab\ufffd😀');
});

test('a text that cannot be stored is refused in a sentence', () => {
  const message = (text: string) => storableText(3).safeParse(text).error?.issues[0]?.message;
  expect(message('abc')).toBeUndefined();
  expect(message('a\0')).toContain('cannot be stored');
  expect(message('abcd')).toBe('must have at most 3 characters');
});

test('a whole number is refused where its column cannot hold it', () => {
  const isFit = (value: unknown) => storableIndex.safeParse(value).success;
  expect([0, 2_147_483_647].every(isFit)).toBe(true);
  expect([-1, 1.5, 2_147_483_648, Number.NaN, '1'].some(isFit)).toBe(false);
  const inQuery = numberInQuery('must be the number of a run');
  expect(inQuery.parse('12')).toBe(12);
  expect(inQuery.safeParse('3000000000').error?.issues[0]?.message).toBe('must be at most 2,147,483,647');
  expect(inQuery.safeParse('x').error?.issues[0]?.message).toBe('must be the number of a run');
});

test('the part of a JSON value that cannot be stored is named', () => {
  expect(unstorablePart({ a: [1, 'b', { c: null }] })).toBeNull();
  expect(unstorablePart({ a: [1, { c: '\0' }] })).toMatchObject({ path: ['a', '1', 'c'] });
  expect(unstorablePart({ a: { 'c\ud83d': 1 } })).toMatchObject({ path: ['a'] });
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(unstorablePart(deep)?.message).toContain('levels deep');
});

test('any JSON value can be stored once it was cleaned, and one that could be is the same', () => {
  const key = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('\0', 'a\ud83d'));
  const text = fc.oneof(fc.string(), fc.constantFrom('a\0b', '\ude00'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const cleaned = toStorableJson(value);
      expect(unstorablePart(cleaned)).toBeNull();
      if (unstorablePart(value) === null) expect(cleaned).toBe(value);
    }),
  );
});
