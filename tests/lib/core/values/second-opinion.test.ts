import { describe, expect, test } from 'vitest';
import type { Value } from '#lib/core/values/value.ts';
import type { Path, Scalar } from '#lib/core/fields/path.ts';
import { withSecondOpinion } from '#lib/core/values/second-opinion.ts';
import { trustOf } from '#lib/core/values/trust.ts';

/** A value that stands at a line of a page; at its own height without one. */
function leaf(path: Path, value: Scalar, { line = 0, x = 0.1, type = 'number' } = {}): Value {
  const boxes = [{ x, y: line / 10, width: 0.1, height: 0.05 }];
  const signals = [{ name: 'grounded', ok: true, detail: '' }];
  const evidence = { pageNum: 0, quote: String(value), boxes };
  const trust = trustOf(signals, []);
  return { path, label: '', type, value, raw: String(value), state: 'found', evidence, trust, signals, checks: [] };
}

function opinions(leaves: Value[], second: Value[]) {
  return withSecondOpinion(leaves, second).map(({ signals }) => {
    const last = signals.at(-1);
    return last?.name === 'no_opinion' ? null : last?.ok;
  });
}

describe('the second opinion', () => {
  test('confirms a value that it reads too, and raises its trust', () => {
    const [same] = withSecondOpinion([leaf(['Total'], 12)], [leaf(['Total'], 12)]);
    expect(same?.signals.at(-1)).toMatchObject({ name: 'agreement', ok: true });
    expect(same?.trust).toBeGreaterThan(0.9);
  });

  test('doubts a value that it reads otherwise, and names what it reads', () => {
    const [other] = withSecondOpinion([leaf(['Total'], 12)], [leaf(['Total'], 13)]);
    expect(other?.signals.at(-1)).toMatchObject({
      name: 'agreement',
      ok: false,
      detail: 'the built-in engine reads 13',
    });
    expect(other?.trust).toBeLessThan(0.6);
  });

  test('has none on a value that it does not find, or finds nowhere on the page', () => {
    const invented: Value = { ...leaf(['Total'], 13), state: 'not_in_document', evidence: null };
    const [none, ungrounded] = [[], [invented]].map((second) => withSecondOpinion([leaf(['Total'], 12)], second)[0]);
    for (const one of [none, ungrounded]) {
      expect(one?.signals.at(-1)?.name).toBe('no_opinion');
      expect(one?.trust).toBe(0.9);
    }
  });

  test('is none on how much of a free text belongs to the value', () => {
    const name = (value: string) => [leaf(['Name'], value, { type: 'string' })];
    expect(opinions(name('ACME Inc.'), name('ACME'))).toEqual([null]);
    expect(opinions(name('ACME Inc.'), name('Acme, Inc'))).toEqual([true]);
    expect(opinions(name('ACME Inc.'), name('Bolt Ltd'))).toEqual([false]);
  });

  test.each([
    ['1.5 mg', '15 mg'],
    ['1.5 mg', '5 mg'],
    ['A+', 'A'],
    ['<50', '>50'],
    ['-5 %', '5 %'],
  ])('knows %s from %s', (one, other) => {
    const text = (value: string) => [leaf(['Result'], value, { type: 'string' })];
    expect(opinions(text(one), text(other))).toEqual([false]);
    expect(opinions(text(other), text(one))).toEqual([false]);
  });

  test('compares rows that stand at the same place, whatever their numbers', () => {
    const row = (index: number, line: number, amount: number, at = 0.5) => [
      leaf(['Rows', index, 'Date'], `2025-01-0${line}`, { line, type: 'date' }),
      leaf(['Rows', index, 'Amount'], amount, { line, x: at }),
    ];
    const read = [...row(0, 2, 20), ...row(1, 3, 31, 0.7)];
    const second = [...row(0, 1, 10), ...row(1, 2, 20), ...row(2, 3, 30)];
    expect(opinions(read, second)).toEqual([true, true, true, false]);
  });

  test('is told once for a column that it takes for another in most rows', () => {
    const read = [1, 2, 3, 4, 5].flatMap((line) => [
      leaf(['Rows', line, 'Date'], `2025-01-0${line}`, { line, type: 'date' }),
      leaf(['Rows', line, 'Amount'], line, { line, x: 0.5 }),
    ]);
    const second = read.map((one) => (one.path[2] === 'Amount' ? { ...one, value: Number(one.value) * 100 } : one));
    const amounts = withSecondOpinion(read, second).filter(({ path }) => path[2] === 'Amount');
    expect(amounts.map(({ signals }) => signals.at(-1)?.name)).toEqual(['agreement', ...Array(4).fill('no_opinion')]);
    expect(amounts[0]?.signals.at(-1)?.detail).toBe(
      'the built-in engine reads 100, and differs in 5 of 5 rows of this column',
    );
  });
});
