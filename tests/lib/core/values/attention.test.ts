import { expect, test } from 'vitest';
import { attentionReason } from '#lib/core/values/attention.ts';
import type { Value } from '#lib/core/values/value.ts';

const sound: Value = {
  path: ['Total'],
  label: 'Total',
  type: 'number',
  value: 1,
  raw: '1',
  state: 'found',
  evidence: null,
  trust: 0.9,
  signals: [],
  checks: [],
};
const failed = { rule: 'adds up', ok: false, message: 'It does not add up' } as const;

test('a value with nothing against it needs nobody', () => {
  expect(attentionReason(sound, true)).toBeNull();
});

test.each<[string, Partial<Value>, string]>([
  ['a conflict', { state: 'conflict' }, 'Pages disagree'],
  ['an invented value', { state: 'not_in_document' }, 'It was not found in the document'],
  ['a required value that is missing', { state: 'not_found', value: null }, 'It is required and was not found'],
  ['a failed check', { checks: [{ ...failed, severity: 'error' }] }, 'It does not add up'],
  ['little trust', { trust: 0.3 }, 'It is not certain enough'],
  [
    'little trust for a reason',
    { trust: 0.3, signals: [{ name: 'ambiguity', ok: false, detail: 'two dates' }] },
    'Two dates',
  ],
  ['an edit that fails a check', { state: 'edited', checks: [{ ...failed, severity: 'error' }] }, 'It does not add up'],
])('%s needs a person, and says why', (_, change, reason) => {
  expect(attentionReason({ ...sound, ...change }, true)).toBe(reason);
});

test.each<[string, Partial<Value>]>([
  ['an optional value that is missing', { state: 'not_found', value: null, trust: 0 }],
  ['a value that a person confirmed', { state: 'confirmed', trust: 0.2 }],
  ['a value that a person marked absent', { state: 'absent', value: null, trust: 0 }],
  ['a warning', { checks: [{ ...failed, severity: 'warning' }] }],
])('%s needs nobody', (_, change) => {
  expect(attentionReason({ ...sound, ...change }, false)).toBeNull();
});
