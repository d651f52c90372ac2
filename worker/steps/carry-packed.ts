import type { Definition } from '#lib/core/schema/definition.ts';
import type { AccountResult } from '#lib/results/account-result.ts';
import { carryAccounts, type KeptAccount, type SavedRow } from '#lib/results/carry-accounts.ts';
import { packList, type PackedList, unpackList } from './packed.ts';

/** An account whose rows are packed; its own list of rows is empty. */
export interface PackedAccount<Account extends { rows: unknown[] }> {
  account: Account;
  rows: PackedList<Account['rows'][number]>;
}

interface ResultToCarry {
  definition: Definition;
  kept: readonly PackedAccount<KeptAccount>[];
  orphans: readonly KeptAccount[];
  accounts: readonly PackedAccount<AccountResult>[];
}

interface PackedCarried {
  rows: PackedList<SavedRow>[];
  orphans: KeptAccount[];
}

/** Carries over what people decided, in a compute thread. */
export function carryPacked({ definition, kept, orphans, accounts }: ResultToCarry): PackedCarried {
  const before = { kept: kept.map(unpacked<KeptAccount>), orphans };
  const carried = carryAccounts(definition, before, accounts.map(unpacked<AccountResult>));
  return { rows: carried.rows.map((rows) => packList(rows)), orphans: carried.orphans };
}

function unpacked<Account extends { rows: unknown[] }>({ account, rows }: PackedAccount<Account>): Account {
  return { ...account, rows: unpackList(rows) };
}
