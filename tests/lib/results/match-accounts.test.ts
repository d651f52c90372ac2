import { describe, expect, it } from 'vitest';
import { carryAccounts, orphanNotice } from '#lib/results/carry-accounts.ts';
import { confirmValue } from '#lib/core/values/set-value.ts';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { type AccountIdentity, matchAccounts } from '#lib/results/match-accounts.ts';
import { valueOf } from '#tests/support/export.ts';

const account = (accountNumber: string | null, ...evidencePages: number[]) => ({ accountNumber, evidencePages });

/** For each new account the place of the kept one that it is. */
function match(kept: readonly AccountIdentity[], accounts: readonly AccountIdentity[]) {
  const partners = matchAccounts(kept, accounts);
  return accounts.map((one) => {
    const partner = partners.get(one);
    return partner ? kept.indexOf(partner) : null;
  });
}

describe('an account of a new result', () => {
  it('is the one of its number, wherever its pages are now', () => {
    expect(match([account('1-0'), account('20', 3)], [account('20', 7), account('10', 0)])).toEqual([1, 0]);
  });

  it('is told from others of its number by the page on which it begins', () => {
    const kept = [account('7', 0), account('7', 1), account(null, 2), account(null, 3)];
    expect(match(kept, [account('7', 1), account('7', 0), account(null, 3)])).toEqual([1, 0, 3]);
  });

  it('is the one that shares most pages with it where their count changed', () => {
    const kept = [account('7', 0, 1), account('7', 2, 3, 4), account('7', 5)];
    expect(match(kept, [account('7', 1, 2), account('7', 3, 4)])).toEqual([0, 1]);
  });

  it('is none of its number that has nothing in common with it', () => {
    expect(match([account('7', 0), account('7', 1)], [account('7', 5), account('7', 1)])).toEqual([null, 1]);
    expect(match([account(null, 0)], [account(null, 5)])).toEqual([null]);
  });

  it('keeps its decisions when its number is read otherwise on the same pages', () => {
    expect(match([account('7', 0, 1), account('8', 2)], [account('7B', 0, 1), account(null, 2)])).toEqual([0, 1]);
    expect(match([account('7', 0), account('8', 0)], [account('9', 0)])).toEqual([null]);
  });
});

describe('decisions without a place', () => {
  const definition = parseDefinition({
    slug: 'x',
    name: 'X',
    fields: { type: 'object', properties: { Name: { type: 'string' } } },
  });
  const read = { path: 'Name', isListRow: false, leaves: [valueOf('Name', 'Ann')], needsAttention: 0 };
  const decided = {
    path: 'Name',
    rowId: null,
    leaves: [confirmValue(valueOf('Name', 'Ann'))],
    extracted: read.leaves,
    isDeleted: false,
  };
  const kept = [{ ...account('7', 0), rows: [decided] }];
  const result = (identity: AccountIdentity, index: number) => {
    const evidencePages = [...identity.evidencePages];
    return { ...identity, evidencePages, accountIndex: index, pages: evidencePages, boundaries: [], rows: [read] };
  };

  it('are kept, and come back with their account', () => {
    const others = [result(account('8', 0, 1), 0)];
    const { rows, orphans } = carryAccounts(definition, { kept, orphans: [] }, others);
    expect(rows[0]?.[0]?.leaves).toMatchObject([{ state: 'found' }]);
    expect(orphans).toEqual(kept);
    const again = [result(account('7', 0), 0), result(account('8', 1), 1)];
    const returned = carryAccounts(definition, { kept: [{ ...account('8', 0, 1), rows: [] }], orphans }, again);
    expect(returned.rows.map((own) => own[0]?.leaves[0]?.state)).toEqual(['confirmed', 'found']);
    expect(returned.orphans).toEqual([]);
  });

  it('are named in a notice', () => {
    const nameless = { ...account(null, 4), rows: [decided] };
    expect(orphanNotice([account('8', 0)], [...kept, nameless])).toBe(
      'Edits that have no place in this result are kept until they have one again: account 7, the account on page 5.',
    );
    expect(orphanNotice([account('7', 0)], kept)).toContain('again: Name.');
    expect(orphanNotice([], [])).toBeNull();
  });
});
