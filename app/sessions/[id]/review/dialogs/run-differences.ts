import type { AccountView } from '#lib/core/contract/results.ts';
import { stateLooks, valueText } from '../fields/value-labels.ts';

/** A value that two runs give differently, as text; a dash where a run has no such value. */
export interface Difference {
  name: string;
  before: string;
  after: string;
}

/** Where two runs of a session differ, value by value, named by account and path. */
export function differencesOf(one: readonly AccountView[], other: readonly AccountView[]): Difference[] {
  const isSingle = one.length <= 1 && other.length <= 1;
  const [before, after] = [textsOf(one, isSingle), textsOf(other, isSingle)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old = '–', now = '–'] = [before.get(name), after.get(name)];
    return old === now ? [] : [{ name, before: old, after: now }];
  });
}

function textsOf(accounts: readonly AccountView[], isSingle: boolean): Map<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    accounts.flatMap((account) => {
      const number = account.account_number ?? String(account.account_index + 1);
      const count = (seen.get(number) ?? 0) + 1;
      seen.set(number, count);
      // Several accounts may have one number: those after the first are counted.
      const owner = isSingle ? '' : `${number}${count === 1 ? '' : ` (${count})`} `;
      return account.fields.map((field) => {
        const text = field.value === null ? stateLooks[field.state].label : valueText(field);
        return [`${owner}${field.path}`, text] as const;
      });
    }),
  );
}
