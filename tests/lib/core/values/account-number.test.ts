import { expect, test } from 'vitest';
import type { Value } from '#lib/core/values/value.ts';
import { mergePages } from '#lib/core/values/merge.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { withOwnNumber } from '#lib/core/values/account-number.ts';

const said = (value: string): Value => ({
  path: ['Number'],
  label: 'Number',
  type: 'string',
  value,
  raw: value,
  state: 'found',
  evidence: null,
  trust: 0.9,
  signals: [],
  checks: [],
});
const { fields } = parseDefinition({ type: 'object', properties: { Number: { type: 'string' } } }, { slug: 'x' });
const merged = (pages: Value[][], accountNumber: string | null) =>
  mergePages(fields, withOwnNumber(pages, 'Number', accountNumber))[0]?.leaves[0];

test('an account has its own number, however often its pages mention others', () => {
  const pages = [[said('1001')], [said('2002')], [said('2002')]];
  expect(merged(pages, '1001')).toMatchObject({ value: '1001', state: 'found' });
});

test('spellings of one number are no contradiction', () => {
  const pages = [[said('100-1')], [said('1001')], [said('0100 1')], [said('l001')]];
  expect(merged(pages, '1001')).toMatchObject({ value: '1001', state: 'found' });
});

test('where no page says the number of the account, the contradiction shows', () => {
  expect(merged([[said('1001')], [said('2002')]], '3003')).toMatchObject({ state: 'conflict' });
  expect(merged([[said('1001')], [said('2002')]], null)).toMatchObject({ state: 'conflict' });
});
