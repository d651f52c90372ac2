import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { meaningKey, meaningOf, sayings, withoutAccents } from '#lib/core/normalise/meaning.ts';

describe('two texts mean the same', () => {
  it.each([
    ['ACME, Inc.', 'acme inc'],
    ['Dark-Red', 'dark red'],
    ['docu- ment', 'Document'],
    ['“Route 66”', '"Route 66"'],
    ['5–10', '5 - 10'],
    ['résumé', 'résumé'.normalize('NFD')],
    ['Straße', 'STRASSE'],
    ['ﬁnal', 'Final'],
    ['３４', '34'],
    ['٣٤', '34'],
    ['120 m²', '120 m2'],
    ['≥ 5', '>=5'],
    ['(12.50)', '-12.50'],
    ['(030) 901820', '030 901820'],
    ['INV-2024', 'INV 2024'],
    ['A - 5', 'A 5'],
    ['#— 5', '#5'],
    ['Ab-\nbau', 'Abbau'],
  ])('%s and %s', (one, other) => expect(meaningOf(one)).toBe(meaningOf(other)));
});

describe('two texts mean different things', () => {
  it.each([
    ['A+', 'A'],
    ['A-', 'A'],
    ['A+', 'A-'],
    ['AB-', 'AB'],
    ['A -', 'A'],
    ['A- stable', 'A stable'],
    ['#- 5', '#-5'],
    ['BBB-', 'BBB'],
    ['C#', 'C'],
    ['C++', 'C#'],
    ['<50', '>50'],
    ['<50', '50'],
    ['≤50', '<50'],
    ['~50', '50'],
    ['1.5', '15'],
    ['.5', '5'],
    ['2.10', '21.0'],
    ['1, 5', '15'],
    ['1, 5', '1,5'],
    ['-1', '1'],
    ['temp -5', 'temp 5'],
    ['Change: - 5', 'Change: 5'],
    ['12.50-', '12.50'],
    ['-5 %', '5 %'],
    ['5 %', '5'],
    ['€', '%'],
    ['$5', '€5'],
    ['3/4', '34'],
    ['12:30', '1230'],
    ['12-345', '12345'],
    ['10²', '102'],
    ['1½', '11/2'],
    [`5'`, '5"'],
    ['☒ Yes', '☐ Yes'],
    ['schön', 'schon'],
    ['…', '—'],
  ])('%s and %s', (one, other) => expect(meaningOf(one)).not.toBe(meaningOf(other)));

  test('also where a number is no text', () => expect(meaningKey('5')).not.toBe(meaningKey(5)));
});

/** Digits with the marks that decide what they mean, as far as a short expression can tell them. */
const figures = (text: string) => text.match(/\d|(?<=\d)[.,/:-](?=\d)|[+%<>]/g)?.join('') ?? '';
/** Without some of its marks, as another page may print it. */
const varied = (text: string) => text.replace(/[(#,"'/-]/g, '').toUpperCase();
const oddText = fc.string({ unit: fc.constantFrom(...'Aab015.,-+%<>/:#()"\' é½²€\n') });

test('texts that mean the same have the same digits and signs, in order', () => {
  const pairs = fc.tuple(oddText, oddText).chain(([one, other]) => fc.constantFrom([one, other], [one, varied(one)]));
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      fc.pre(meaningOf(one) === meaningOf(other));
      expect(figures(one.replace(/\s/g, ''))).toBe(figures(other.replace(/\s/g, '')));
    }),
  );
});

test('case, Unicode form and the kind of quotes, dashes and spaces never count', () => {
  fc.assert(
    fc.property(fc.oneof(oddText, fc.string({ unit: 'grapheme' })), (text) => {
      const printed = text.replaceAll('-', '−').replaceAll('"', '”').replaceAll("'", '’').replaceAll(' ', '\u00a0 ');
      expect(meaningOf(printed.normalize('NFD'))).toBe(meaningOf(text));
      expect(meaningOf(text)).toBe(meaningOf(text.normalize('NFC')));
    }),
  );
});

test.each(['A -', 'Change: - 5', '1 .5', 'AB - '])('several spaces are as one: %s', (text) => {
  expect(meaningOf(text.replaceAll(' ', '  \u00a0'))).toBe(meaningOf(text));
});

test('a number that differs in one digit, its sign or its point is another', () => {
  const amounts = fc.integer({ min: -99_999, max: 99_999 }).map((cents) => (cents / 100).toFixed(2));
  fc.assert(
    fc.property(amounts, amounts, (one, other) => {
      expect(meaningOf(`Change: ${one} %`) === meaningOf(`Change: ${other} %`)).toBe(one === other);
      expect(sayings(`Change: ${one} %`, `${other} %`)).toHaveLength(one === other ? 1 : 0);
    }),
  );
});

describe('a text says another', () => {
  it.each([
    ['Rating: A+.', 'A+'],
    ['Dose (15 mg)', '15 mg'],
    ['$5.00', '5.00'],
    ['pages 1, 5', '5'],
    ['- 5 apples', '5 apples'],
    ['+49 30 901820', '49 30 901820'],
    ['☒ Yes', 'Yes'],
    ['42 988.92', '988.92'],
  ])('%s says %s', (text, wanted) =>
    expect(sayings(text, wanted)).toContainEqual(expect.objectContaining({ leavesOut: 'nothing' })),
  );

  it.each([
    ['A+', 'A'],
    ['C#', 'C'],
    ['-5 %', '5 %'],
    ['-$5.00', '5.00'],
    ['Change: - 5 %', '5 %'],
    ['< 50', '50'],
    ['12.50-', '12.50'],
    ['2.15 mg', '15 mg'],
    ['215 mg', '15 mg'],
    ['Version 2.10', '2.1'],
    ['1.5 mg', '15 mg'],
    ['5-10', '10'],
  ])('%s does not say %s', (text, wanted) => expect(sayings(text, wanted)).toEqual([]));

  it('with the place where it does, in the text as it is written', () => {
    const text = 'Grade:  “Ａ－”!';
    const [place] = sayings(text, 'a-');
    expect(text.slice(place?.start, place?.end)).toBe('Ａ－');
  });

  it('and tells what it leaves out beside it', () => {
    expect(sayings('5 %', '5')).toEqual([{ start: 0, end: 1, leavesOut: 'unit' }]);
    expect(sayings('Berliner', 'Berlin')).toEqual([{ start: 0, end: 6, leavesOut: 'word' }]);
  });

  it('without accents only where that is asked for', () => {
    expect(sayings('Señor Peña', 'Pena')).toEqual([]);
    expect(sayings('Señor Peña', 'Pena', withoutAccents)).toHaveLength(1);
  });
});

test('long texts of marks take linear time', () => {
  const marks = (count: number) => '-(#,'.repeat(count);
  expect(meaningOf(`word${marks(20_000)}b`)).toBe('wordb');
  expect(meaningOf(`5${marks(20_000)}5`)).toHaveLength(80_002);
  expect(sayings(`a${marks(20_000)}b`, `a${marks(10_000)}b`)).toHaveLength(1);
});
