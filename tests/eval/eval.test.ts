import type { ValueView } from '#lib/core/contract/results.ts';
import { assert, array, boolean, property, record, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agrees } from '#eval/agrees.ts';
import { judge } from '#eval/judge.ts';
import { rank } from '#eval/ranking.ts';
import { compareLines, type Outcome, reportLines } from '#eval/report.ts';

describe('what is read agrees with what stands there', () => {
  it.each([
    [12.5, 12.5, true],
    [12.5, '12.50', true],
    [12.5, 12.52, false],
    ['2025-03-14', '2025-03-14', true],
    ['ACME GmbH', 'acme  gmbh.', true],
    ['Northwind Traders', 'Northwind Trader', true],
    ['12345678', '12345679', false],
    ['Anna', 'Anne', false],
    ['x', null, false],
    ['x', '', false],
    ['x', { y: 'x' }, false],
    ['2.10', '21.0', false],
    ['A+', 'A', false],
  ])('%s and %s: %s', (expected, actual, same) => expect(agrees(expected, actual)).toBe(same));
});

describe('trust ranks right values above wrong ones', () => {
  const scored = (score: number, isRight: boolean) => ({ score, isRight });

  it('wholly, not at all, or by chance', () => {
    expect(rank([scored(0.9, true), scored(0.2, false)])).toEqual({ auroc: 1, right: 1, wrong: 1 });
    expect(rank([scored(0.1, true), scored(0.2, false)]).auroc).toBe(0);
    expect(rank([scored(0.5, true), scored(0.5, false)]).auroc).toBe(0.5);
    expect(rank([scored(0.5, true)]).auroc).toBeNull();
  });

  it('the other way round when right and wrong change places', () => {
    const values = array(record({ score: integer({ min: 0, max: 9 }), isRight: boolean() }), { maxLength: 30 });
    assert(
      property(values, (list) => {
        const { auroc } = rank(list);
        const turned = rank(list.map(({ score, isRight }) => ({ score, isRight: !isRight }))).auroc;
        if (auroc !== null) expect(auroc + (turned ?? 0)).toBeCloseTo(1);
      }),
    );
  });
});

const one = { stem: 'a', file: 'a.pdf', expected: { number: 'R-1', total: 12.5, buyer: 'Anna Berg' } };
const field = (path: string, trust: number): ValueView => ({
  id: path,
  path,
  row_id: null,
  label: path,
  type: 'string',
  value: 'x',
  raw: 'x',
  state: 'found',
  evidence: null,
  trust,
  signals: [],
  checks: [],
  original: null,
  attention: trust < 0.6,
  attention_reason: null,
  suggestion: null,
  version: 1,
});
const outcome = (name: string, data: Record<string, unknown>): Outcome => ({
  name,
  judgements: judge(one, { data, fields: [field('number', 0.9), field('total', 0.4)] }),
  failed: [],
  found: 2,
  grounded: 2,
  seconds: 1,
});

describe('a report', () => {
  it('counts right, wrong and missing, and whom a person is led to', () => {
    const lines = reportLines(outcome('first', { number: 'R-1', total: 99, buyer: null }), 1).join('\n');
    expect(lines).toMatch(/all +33\.3 % +right 1 +wrong 1 +missing 1/);
    expect(lines).toContain('AUROC 1.000 (1 right, 1 wrong); led to attention: 1 of the wrong, 0 of the right');
  });

  it('of two variants says what one fixed and what it broke', () => {
    const before = outcome('first', { number: 'R-1', total: 99, buyer: null });
    const after = outcome('second', { number: 'R-7', total: 12.5, buyer: 'Carl' });
    const [summary, ...lines] = compareLines(before, after);
    expect(summary).toBe('first → second: 1 fixed, 1 broke, 1 wrong in another way');
    expect(lines).toContain('  fixed  a total: expected 12.5, 99 → 12.5');
    expect(lines).toContain('  broke  a number: expected "R-1", "R-1" → "R-7"');
  });

  it('counts what is wrong without asking for attention', () => {
    const lines = reportLines(outcome('first', { number: 'R-7', total: 99, buyer: null }), 1);
    expect(lines).toContain('ask for no attention: 1 values, 1 of them wrong (100.0 %)');
  });

  it('of a list matches rows in their order, and counts cells of rows that are not there', () => {
    const rows = [
      { Item: 'Desk', Price: 199 },
      { Item: 'Lamp', Price: 20 },
      { Item: 'Chair', Price: null },
    ];
    const data = { Lines: [{ Item: 'Heading' }, { Item: 'Desk', Price: 199 }, { Item: 'Chair' }] };
    const fields = [field('Lines[0].Item', 0.9), field('Lines[1].Price', 0.4)];
    const judged = judge({ ...one, expected: { Lines: rows } }, { data, fields });
    expect(judged.map(({ field: name, verdict, isFlagged }) => [name, verdict, isFlagged])).toEqual([
      ['Lines.Item', 'right', false],
      ['Lines.Price', 'right', true],
      ['Lines.Item', 'missing', false],
      ['Lines.Price', 'missing', false],
      ['Lines.Item', 'right', false],
      ['Lines.Item', 'wrong', false],
    ]);
  });

  it('of a document that failed has everything missing', () =>
    expect(judge(one, undefined).map(({ verdict }) => verdict)).toEqual(['missing', 'missing', 'missing']));
});
