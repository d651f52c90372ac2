import { describe, expect, it } from 'vitest';
import { sureBoundary } from '#lib/core/splitting/types.ts';
import { loanSchema, mapOf, splitText } from '#tests/support/split-text.ts';

const first = (number: string, more = '') => `LOAN STATEMENT

Loan number: ${number}
Borrower: Maria Chen
Opening balance: $1,000.00

Date          Payment      Balance
01/15/2025    $100.00      $900.00
02/15/2025    $100.00      $800.00
${more}`;
const rows = `Date          Payment      Balance
03/15/2025    $100.00      $700.00
04/15/2025    $100.00      $600.00`;

describe('splitting a document into accounts', () => {
  it('gives a page without a number to the account before it', () => {
    expect(mapOf(splitText([first('100201'), rows, first('100202'), rows, rows]))).toEqual({
      100201: [0, 1],
      100202: [2, 3, 4],
    });
  });

  it('keeps one account whose pages are not consecutive as one', () => {
    const result = splitText([first('100201'), first('100202'), rows, first('100201'), rows]);
    expect(mapOf(result)).toEqual({ 100201: [0, 3, 4], 100202: [1, 2] });
    expect(result.boundaries.map(({ pageNum, accountIndex }) => [pageNum, accountIndex])).toEqual([
      [0, 0],
      [1, 1],
      [3, 0],
    ]);
  });

  it('starts nothing new at a heading that is repeated with the same number', () => {
    expect(mapOf(splitText([first('100201'), first('100201'), first('100202')]))).toEqual({
      100201: [0, 1],
      100202: [2],
    });
  });

  it.each([
    'See related loan number 100202 in this file.',
    'Refinanced from loan number 100202',
    'Related loan number: 100202',
    '02/11/2025    Transfer to loan number 100202    $250.00',
    'The surplus was in March applied to the interest that was outstanding on the second\nloan number 100202 as the borrower had asked.',
  ])('is not led astray by "%s"', (mention) => {
    const texts = [first('100201'), `${mention}\n${rows}`, `${rows}\n${mention}`, first('100202'), rows];
    expect(mapOf(splitText(texts))).toEqual({ 100201: [0, 1, 2], 100202: [3, 4] });
  });

  it('takes dashes, spaces and leading zeros for the same number', () => {
    const texts = [first('100-2010-07'), first('1002 010 07'), first('00100201007'), first('100-2010-08')];
    const result = splitText(texts, loanSchema());
    expect(result.accounts.map(({ pages }) => pages.length)).toEqual([3, 1]);
  });

  it('reads a masked number as the one that ends so', () => {
    const masked = (end: string) => `Loan number: ${end}\n${rows}`;
    const texts = [
      first('10020145'),
      masked('****0145'),
      first('10020288'),
      masked('XXXX-0288'),
      masked('ending in 0145'),
    ];
    expect(mapOf(splitText(texts))).toEqual({ 10020145: [0, 1, 4], 10020288: [2, 3] });
  });

  it('tells accounts apart whose numbers are masked everywhere', () => {
    expect(mapOf(splitText([first('****4471'), rows, first('****9120')]))).toEqual({
      '****4471': [0, 1],
      '****9120': [2],
    });
  });

  it('takes what OCR confuses for the same number on scans, and for another on text', () => {
    const texts = [first('1002018'), first('l0O20IB'), first('1002O29')];
    const scan = splitText(texts, loanSchema(), { scanned: true });
    expect(scan.accounts.map(({ pages }) => pages.length)).toEqual([2, 1]);
    expect(scan.accounts[0]?.accountNumber).toBe('1002018');
    const text = splitText([first('LN10020180'), first('LN1002018O')]);
    expect(text.accounts).toHaveLength(2);
  });

  it('mends one misread digit when the page numbers go on', () => {
    const page = (number: string, of: string) => `${first(number)}\n\nPage ${of}`;
    const texts = [
      page('1002018', '1 of 2'),
      page('1002078', '2 of 2'),
      page('1005555', '1 of 2'),
      page('1005555', '2 of 2'),
    ];
    const result = splitText(texts, loanSchema(), { scanned: true });
    expect(result.accounts.map(({ pages }) => pages.map(({ pageNum }) => pageNum))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('gives a shared page to both accounts, each with its region', () => {
    const [one, two] = splitText([
      first('100201'),
      `${rows}\nTotal paid: $400.00\n\n\n${first('100202')}`,
      rows,
    ]).accounts;
    expect(one?.pages.map(({ pageNum }) => pageNum)).toEqual([0, 1]);
    expect(two?.pages.map(({ pageNum }) => pageNum)).toEqual([1, 2]);
    const [above, below] = [one?.pages[1]?.region, two?.pages[0]?.region];
    expect(above).toMatchObject({ from: 0 });
    expect(above?.to).toBe(below?.from);
    // Six lines of fifty are above the heading of the second.
    expect(below?.from).toBeGreaterThan(4 / 50);
    expect(below?.from).toBeLessThanOrEqual(6 / 50);
  });

  it('takes a cover sheet that lists the accounts for nobody’s page', () => {
    const list =
      'TRANSMITTAL\n\nLoan number        Name\n100201        Chen\n100202        Smith\n100203        Okafor';
    const lines = 'TRANSMITTAL\n\nLoan number: 100201 Chen\nLoan number: 100202 Smith';
    for (const cover of [list, lines, 'TRANSMITTAL\n\nEnclosed are two loans.']) {
      const result = splitText([cover, first('100201'), rows, first('100202')]);
      expect(mapOf(result)).toEqual({ 100201: [1, 2], 100202: [3] });
      expect(result.contextPages).toEqual([0]);
    }
  });

  it('gives an addendum at the end to the account that it names', () => {
    const addendum = 'ADDENDUM\n\nThis addendum amends the note of loan number 100201\nand becomes a part of it.';
    const result = splitText([first('100201'), first('100202'), rows, addendum]);
    expect(mapOf(result)).toEqual({ 100201: [0, 3], 100202: [1, 2] });
    expect(result.boundaries.at(-1)?.reasons.for[0]).toContain('addendum');
  });

  it('gives a letter that is page 1 of 2 to the account that page 2 names', () => {
    const texts = [
      first('100201'),
      'Dear customer,\nhere is your statement.\n\nPage 1 of 2',
      `${first('100202')}\n\nPage 2 of 2`,
    ];
    expect(mapOf(splitText(texts))).toEqual({ 100201: [0], 100202: [1, 2] });
  });

  it('gives a blank page to the account before it', () => {
    expect(mapOf(splitText([first('100201'), '', first('100202')]))).toEqual({ 100201: [0, 1], 100202: [2] });
  });

  it('knows an account again by its number alone in the head of a page', () => {
    const texts = [first('100201'), first('100202'), `MARIA CHEN                100201\n${rows}`];
    expect(mapOf(splitText(texts))).toEqual({ 100201: [0, 2], 100202: [1] });
  });

  it('gives a file of one account to it as a whole', () => {
    const result = splitText(['A letter without a number', first('100201'), rows]);
    expect(mapOf(result)).toEqual({ 100201: [0, 1, 2] });
    expect(result).toMatchObject({ contextPages: [], boundaries: [] });
  });

  it('gives a file without any number to one account without a number', () => {
    expect(mapOf(splitText(['Nothing here', rows]))).toEqual({ none: [0, 1] });
  });

  it('finds numbers of the form that split.pattern gives, without a label', () => {
    const schema = loanSchema({ pattern: '^LN-[0-9]{4}$' });
    expect(mapOf(splitText(['LN-2041\n\nBorrower: Chen', rows, 'LN-2042\n\nBorrower: Smith'], schema))).toEqual({
      'LN-2041': [0, 1],
      'LN-2042': [2],
    });
  });

  it('does not split by a customer number that every page carries beside its own', () => {
    const page = (number: string) => `Account number: 55512345\n${first(number)}`;
    expect(mapOf(splitText([page('100201'), rows, page('100202'), page('100203')]))).toEqual({
      100201: [0, 1],
      100202: [2],
      100203: [3],
    });
  });

  it('reads a number that is glued to its label', () => {
    expect(mapOf(splitText(['Loan No:100201\nBorrower:Chen', rows, 'Loan No: #100202']))).toEqual({
      100201: [0, 1],
      100202: [2],
    });
  });

  it('takes a column that repeats one number for that account’s', () => {
    const table = (number: string) => `Loan number     Paid\n${number}          $10.00\n${number}          $20.00`;
    expect(mapOf(splitText([table('100201'), table('100202')]))).toEqual({ 100201: [0], 100202: [1] });
  });

  it('reads the number that pages carry in their foot only', () => {
    const clause = 'The borrower promises to pay the principal with interest as it is agreed in this note.\n'.repeat(
      20,
    );
    const note = (number: string, page: string) => `${clause}\n\nLoan number: ${number}    Page ${page}`;
    const texts = [note('100201', '1 of 2'), note('100201', '2 of 2'), note('100202', '1 of 1'), clause];
    expect(mapOf(splitText(texts))).toEqual({ 100201: [0, 1], 100202: [2, 3] });
  });

  it('is not confused by letterheads that differ, amounts above the number, and stubs that repeat it', () => {
    const letter = (bank: string, number: string) => `${bank}
1 Main Street
Springfield

Statement date 01/31/2025          Amount due $250.00

Maria Chen
4602 Cedar Road
Beaverton

Loan number: ${number}
Opening balance: $1,000.00
${rows}

Please detach and return this part
Loan number: ${number}          Amount due $250.00`;
    const texts = [
      letter('Harbor Bank', '100201'),
      letter('Cedar Union', '100202'),
      rows,
      letter('Northfield', '100203'),
    ];
    const result = splitText(texts);
    expect(mapOf(result)).toEqual({ 100201: [0], 100202: [1, 2], 100203: [3] });
    expect(result.accounts.flatMap(({ pages }) => pages.filter(({ region }) => region !== null))).toEqual([]);
  });

  it('parts three accounts on one page', () => {
    const small = (number: string) =>
      `LOAN STATEMENT\nLoan number: ${number}\nBorrower: Chen\nOpening balance: $100.00\n\n`;
    const result = splitText([['100201', '100202', '100203'].map(small).join('\n')]);
    expect(mapOf(result)).toEqual({ 100201: [0], 100202: [0], 100203: [0] });
    const regions = result.accounts.map(({ pages }) => pages[0]?.region);
    expect(regions[0]?.to).toBe(regions[1]?.from);
    expect(regions[1]?.to).toBe(regions[2]?.from);
  });

  it('says why each account begins where it does, and how sure that is', () => {
    const { boundaries } = splitText([`${first('100201')}\n\nPage 1 of 1`, `${first('100202')}\n\nPage 1 of 1`]);
    expect(boundaries[1]).toMatchObject({
      pageNum: 1,
      reasons: {
        for: [
          'account 100202 is at its label in line 2',
          'the page calls itself page 1 of 1',
          'the previous page is the last of its 1',
        ],
        against: [],
      },
    });
    expect(boundaries[1]?.certainty).toBeGreaterThan(0.9);
  });

  it('is unsure of a new account in the middle of numbered pages', () => {
    const texts = [`${first('100201')}\n\nPage 1 of 2`, `${first('300999')}\n\nPage 2 of 2`];
    const [, boundary] = splitText(texts).boundaries;
    expect(boundary?.reasons.against).toEqual(['page 2 of 2 continues the previous page']);
    expect(boundary?.certainty).toBeLessThan(sureBoundary);
  });
});
