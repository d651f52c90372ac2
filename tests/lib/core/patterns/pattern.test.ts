import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { patternOf } from '#lib/core/patterns/pattern.ts';
import { patternProblem } from '#lib/core/patterns/problem.ts';

const { raw } = String;
const matches = (pattern: string, text: string) => patternOf(pattern).test(text);

/** Characters that the two engines could take differently, and texts of several. */
const characters = [
  ...'\t\n\v\f\r !$-/09:AKSZ[]_aksz{}',
  ...'\u0000\b\u0085\u00a0\u00b5ßéİıſΣσςμẞ\u1680\u180e\u2000\u2028\u2029\u212a\u3000\ufeff٠１Ǆǅǆ😀\u{10ffff}',
  '\ud83d',
  '\ude00',
];
const texts = ['', ...characters, 'aa', 'ab', 'a\nb', 'a\n', '\r\n', 'a b', '😀a'];

describe('a pattern matches what it matches in ECMAScript', () => {
  const parts = [
    raw`\d`,
    raw`\D`,
    raw`\w`,
    raw`\W`,
    raw`\s`,
    raw`\S`,
    raw`[\W\s]`,
    raw`[^\S]`,
    raw`[^\W]`,
    raw`[\D-]`,
    '.',
    '^',
    '$',
    'a$',
    '^a',
    '[^]',
    '[]',
    '[^a-z]',
    '[A-Z]',
    'ß',
    'µ',
    'σ',
    'İ',
    'ı',
    'ǆ',
    'K',
    's',
    raw`\b`,
    raw`[\b]`,
    raw`\/`,
    raw`\$`,
    raw`[\-\]]`,
    raw`\cJ`,
    raw`\0`,
    raw`\x41`,
    raw`\u0041`,
    raw`\u{1F600}`,
    raw`\uD83D\uDE00`,
    raw`\uD83D`,
    raw`\uDE00`,
    raw`[\u{1F600}-\u{1F610}]`,
    raw`\p{L}`,
    raw`\p{Lu}`,
    raw`\P{Lu}`,
    raw`\p{Uppercase_Letter}`,
    raw`\p{gc=Nd}`,
    raw`\p{Script=Greek}`,
    raw`\p{Alphabetic}`,
    raw`\p{White_Space}`,
    raw`\p{Emoji}`,
    raw`[^\p{Lu}]`,
  ];

  it.each(parts)('%s', (part) => {
    for (const whole of ['X', '^(?:X)$', '(?:X)*$', '(?s:X)', '(?<name>X)|q']) {
      const pattern = whole.replace('X', () => part);
      const expression = new RegExp(pattern, 'u');
      expect(patternProblem(pattern)).toBeNull();
      expect(texts.filter((text) => matches(pattern, text))).toEqual(texts.filter((text) => expression.test(text)));
    }
  });

  it.each(parts.filter((part) => part !== raw`\b` && part !== raw`\P{Lu}`))('%s without regard to case', (part) => {
    const expression = new RegExp(`(?i:${part})`, 'u');
    expect(texts.filter((text) => matches(`(?i:${part})`, text))).toEqual(
      texts.filter((text) => expression.test(text)),
    );
  });
});

/** Patterns of what both engines know. `\B` is left out: V8 finds one between the halves of a character. */
const pattern = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  pattern: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{0,2}', '{1,}', '|')), {
      maxLength: 4,
    })
    .map((atoms) => atoms.flat().join('')),
  atom: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'a',
      'b',
      '0',
      '.',
      raw`\d`,
      raw`\W`,
      raw`\s`,
      raw`\S`,
      '[ab]',
      '[^a]',
      '[^]',
      '[]',
      raw`\u{1F600}`,
    ),
    fc.constantFrom('(?:^)', '(?:$)', raw`(?:\b)`, raw`[\d\s]`, raw`[^\W_]`, raw`\p{L}`, raw`\.`, 'é'),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
})).pattern;

test('random patterns match the same texts as in ECMAScript', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab0 .é_\n\r\u2028\u00a0😀', '\ud83d'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, fc.array(text, { minLength: 3, maxLength: 6 }), (source, candidates) => {
      const expression = new RegExp(source, 'u');
      expect(candidates.map((candidate) => matches(source, candidate))).toEqual(
        candidates.map((candidate) => expression.test(candidate)),
      );
    }),
    { numRuns: 300 },
  );
});

test('whatever is written as a pattern is either refused or can be run', () => {
  const piece = fc.constantFrom(
    'a',
    '[',
    '^',
    ']',
    '-',
    '(',
    '(?:',
    '(?i:',
    '(?i)',
    '(?<n>',
    '(?P<n>',
    ')',
    '|',
    '*',
    '+',
    '?',
    '{',
    '}',
    ',',
    '{2}',
    '{,3}',
    '{1000}',
    '{0}',
    '(?=',
    '(?<!',
    raw`\w`,
    raw`\p{L}`,
    raw`\p{Nope}`,
    raw`\u{110000}`,
    raw`\x4`,
    raw`\c1`,
    raw`\01`,
    raw`\1`,
    raw`\k<n>`,
    raw`\-`,
    raw`\b`,
    raw`\Q`,
    raw`\C`,
    '\\',
    '\ud83d',
    '1',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const read = patternOf(pieces.join(''));
      expect(read.test('a1 -') === null).toBe(read.problem !== null);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['(?=a)', 'contains a look-ahead, (?=…), which is not supported: rewrite the pattern without it'],
  ['(?!a)', 'contains a negative look-ahead, (?!…), which is not supported: rewrite the pattern without it'],
  ['a(?<=a)', 'contains a look-behind, (?<=…), which is not supported: rewrite the pattern without it'],
  ['a(?<!a)', 'contains a negative look-behind, (?<!…), which is not supported: rewrite the pattern without it'],
  [raw`(a)\1`, raw`contains a back-reference, \1, which is not supported: rewrite the pattern without it`],
  [raw`(?<x>a)\k<x>`, raw`contains a back-reference, \k<x>, which is not supported: rewrite the pattern without it`],
  ['a{1001}', 'repeats more than 1,000 times: use smaller counts'],
  ['(a{40}){40}', 'repeats more than 1,000 times: use smaller counts'],
  ['(?:[ab]{0,900}c){0,1}'.repeat(6), 'repeats too much inside what repeats: use smaller counts'],
  ['a'.repeat(501), 'is longer than 500 characters: shorten it'],
  [
    raw`\p{ID_Start}`,
    raw`contains \p{ID_Start}, which is not known: use a category, such as \p{L}, or a script, such as \p{Script=Greek}`,
  ],
])('%s is refused, naming the construct', (source, problem) => {
  expect(patternProblem(source)).toBe(problem);
  expect(matches(source, 'a')).toBeNull();
});

test.each(['[a', '(', 'a{', '{', 'a**', raw`\-`, raw`\A`, raw`\p`, raw`\u{110000}`, '(?i)a', '(?P<n>a)', '[b-a]'])(
  '%s, which is not valid ECMAScript, is refused in a schema',
  (source) => expect(patternProblem(source)).toMatch(/^does not compile: /),
);

test.each([
  [raw`^[\w-.]+\-\'$`, "a-b.c-'", true],
  ['a{b}{', 'xa{b}{', true],
  ['x(?i)a|b', 'B', true],
  ['(x(?i)a)b', 'XAB', false],
  ['(?P<word>a)', 'a', true],
])('rules may write %s, too', (source, text, expected) => expect(matches(source, text)).toBe(expected));

test.each([raw`^a*a*a*a*a*b$`, '^(a+)+$', raw`^(\w|\d)*$`, raw`^(([a-z]+)\s?)*$`, '(a|aa)+$'])(
  '%s goes through a long text once',
  (source) => expect(matches(source, `${'a'.repeat(50_000)}!`)).toBe(false),
);

test('a text that is too long for a large pattern is not checked', () => {
  const source = '^[ab]{0,400}[bc]{0,400}$';
  expect(matches(source, 'ab')).toBe(true);
  expect(matches(source, 'a'.repeat(1000))).toBe(false);
  expect(matches(source, 'a'.repeat(100_000))).toBeNull();
});
