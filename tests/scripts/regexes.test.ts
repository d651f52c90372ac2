import { describe, expect, test } from 'vitest';
import { checkRegexes, problemOf } from '#scripts/regexes/check.ts';
import { findRegexes } from '#scripts/regexes/find.ts';

test('none of our regular expressions takes more than linear time, but for the listed ones', () => {
  const { problems, count } = checkRegexes(process.cwd());
  expect(problems).toEqual([]);
  expect(count).toBeGreaterThan(200);
});

describe('a regular expression is slow', () => {
  test.each([
    ['that repeats what repeats', /^(a+)+$/],
    ['that repeats alternatives of which two match the same', /^(?:n[o°]|no|:)*$/],
    ['that repeats what may be empty in two ways', /^(?:(?:x?|y?)a)*$/],
    ['that may end a repeated part at several places', /^(<!--.*?-->\s*)*<html/s],
    ['that repeats groups of which one may be cut in two', /^(?:[*x]{2,}-?)+\d$/],
  ])('exponentially: %s', (_, regex) => {
    expect(problemOf({ regex })).toContain('exponential time');
  });

  test.each([
    ['that looks for the end of a run at each of its characters', /a+$/],
    ['that looks for what follows a run at each of its characters', /\s*,/],
    ['whose run begins at every boundary of a word inside it', /\b[\w-]+@/],
    ['whose end can come far behind another beginning', /<w:hdr[^>]*>/],
    ['that parts a run between two repetitions', /^\d*\.?\d+$/],
    ['that finds something short only after it looked for something long', /a*b|a/g],
    ['that repeats a run inside a look-ahead', /(?=.*x)a/],
    ['that tries an unneeded run each time it repeats', /x(?:a(?:a*b)?)*/],
    ['that repeats a thousand times instead of without limit', /a{0,1000}$/],
  ])('polynomially: %s', (_, regex) => {
    expect(problemOf({ regex })).toContain('polynomial time');
  });

  test.each([
    /^a+$/,
    /(?<!a)a+$/,
    /\s+/g,
    /"[^"]*"/g,
    /(?<![\w.+-])[\w.+-]+@/,
    /\b\w+@/,
    /^(?=.*x)a/,
    /^(?:no|[:#])*$/i,
    /<w:hdr[^<>]*>/,
    /a+b/y,
    /(?<!\d)\d{1,2}([-./])\d{1,2}\1\d{4}/,
  ])('but not %s', (regex) => {
    expect(problemOf({ regex })).toBeNull();
  });

  test('when nobody knows: a back-reference beside a repetition, a look-behind without limit', () => {
    expect(problemOf({ regex: /(a*)b\1/ })).toContain('cannot be checked');
    expect(problemOf({ regex: /(?<=ab*)c/ })).toContain('cannot be checked');
  });
});

test('regular expressions are found as literals and as calls, put together from constants of the file', () => {
  const source = String.raw`
    const digits = '\\d+';
    const money = String.raw${'`[$€]${digits}`'};
    const found = [/a\/b/g, new RegExp(money, 'u'), RegExp(${'`^${digits}$`'}), new RegExp(given)];
  `;
  expect(findRegexes('file.ts', source).map(({ line, regex }) => [line, regex])).toEqual([
    [4, /a\/b/g],
    [4, /[$€]\d+/u],
    [4, /^\d+$/],
    [4, null],
  ]);
});
