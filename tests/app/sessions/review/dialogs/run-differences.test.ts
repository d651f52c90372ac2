import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '#app/sessions/[id]/review/dialogs/run-differences.ts';

function account(index: number, number: string | null, name: string): AccountView {
  const about = {
    row_id: null,
    label: 'Name',
    type: 'string',
    raw: name,
    state: 'found',
    evidence: null,
    trust: 1,
  } as const;
  const field: ValueView = {
    ...about,
    id: `${index}`,
    path: 'Name',
    value: name,
    signals: [],
    checks: [],
    original: null,
    attention: false,
    attention_reason: null,
    suggestion: null,
    version: 1,
  };
  return {
    document_id: 'd',
    account_index: index,
    account_number: number,
    pages: [],
    boundaries: [],
    data: {},
    fields: [field],
  };
}

describe('where two runs differ', () => {
  it('keeps accounts of one number apart', () => {
    const before = [account(0, '77', 'Ann'), account(1, '77', 'Bob'), account(2, null, 'Eve')];
    const after = [account(0, '77', 'Ann'), account(1, '77', 'Rob'), account(2, null, 'Eve')];
    expect(differencesOf(before, after)).toEqual([{ name: '77 (2) Name', before: 'Bob', after: 'Rob' }]);
  });

  it('names the value alone where there is one account', () => {
    expect(differencesOf([account(0, '77', 'Ann')], [account(0, '77', 'Anna')])).toMatchObject([{ name: 'Name' }]);
  });
});
