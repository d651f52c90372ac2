import { readFileSync } from 'node:fs';
import { array, assert, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Signal } from '#lib/core/values/value.ts';
import type { Check } from '#lib/core/rules/rule.ts';
import { trustOf } from '#lib/core/values/trust.ts';

const names = [
  'grounded',
  'format',
  'spelling',
  'sign',
  'digits',
  'wording',
  'page_break',
  'ocr',
  'ambiguity',
  'repeated',
  'conflict',
  'agreement',
  'history',
  'label',
  'guess',
  'certainty',
  'electronic_invoice',
  'printed',
  'no_opinion',
  'completeness',
  'layout',
  'place',
] as const;

const signal = record({ name: constantFrom(...names), ok: boolean() }).map((one): Signal => ({ ...one, detail: '' }));
const check = record({ severity: constantFrom('error' as const, 'warning' as const), ok: boolean() }).map(
  (one): Check => ({ ...one, rule: 'r', message: '' }),
);
const only = (name: string, ok: boolean) => trustOf([{ name, ok, detail: '' }], []);

describe('trust', () => {
  test('lies between 0 and 1, and is never raised by a signal or a rule that turns bad', () => {
    assert(
      property(array(signal, { maxLength: 12 }), array(check, { maxLength: 4 }), (signals, checks) => {
        const trust = trustOf(signals, checks);
        expect(trust).toBeGreaterThanOrEqual(0);
        expect(trust).toBeLessThanOrEqual(1);
        for (const [index, one] of signals.entries())
          expect(trustOf(signals.with(index, { ...one, ok: false }), checks)).toBeLessThanOrEqual(trust);
        for (const [index, one] of checks.entries())
          expect(trustOf(signals, checks.with(index, { ...one, ok: false }))).toBeLessThanOrEqual(trust);
      }),
    );
  });

  test('starts at 0.9, and a signal that says nothing leaves it there', () => {
    expect(trustOf([], [])).toBe(0.9);
    for (const name of ['no_opinion', 'completeness'])
      expect([only(name, true), only(name, false)]).toEqual([0.9, 0.9]);
  });

  test('of a value that stands nowhere is too little however much speaks for it', () => {
    const good = ['agreement', 'repeated', 'history'].map((name): Signal => ({ name, ok: true, detail: '' }));
    expect(trustOf([{ name: 'grounded', ok: false, detail: '' }, ...good], [])).toBeLessThan(0.2);
  });

  test('is what its documentation says, signal by signal', () => {
    const table = readFileSync('docs/trust.md', 'utf8');
    const rows = [...table.matchAll(/^\| `(\w+)`[^|]*\|([^|]*)\|([^|]*)\|$/gm)].map(
      ([, name = '', good = '', bad = '']) => ({
        name,
        doubtLeft: Number(/× ([\d.]+)/.exec(good)?.[1] ?? 1),
        trustLeft: Number(/× ([\d.]+)/.exec(bad)?.[1] ?? 1),
      }),
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      names.filter((name) => name !== 'no_opinion' && name !== 'completeness').toSorted(),
    );
    for (const { name, doubtLeft, trustLeft } of rows) {
      expect([name, only(name, true)]).toEqual([name, Number((1 - 0.1 * doubtLeft).toFixed(3))]);
      expect([name, only(name, false)]).toEqual([name, Number((0.9 * trustLeft).toFixed(3))]);
    }
  });
});
