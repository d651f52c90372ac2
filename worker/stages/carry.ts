import type { Definition } from '#lib/core/schema/definition.ts';
import type { AccountResult } from '#lib/results/account-result.ts';
import { type CarriedResult, carryAccounts, type KeptAccount, type SavedRow } from '#lib/results/carry-accounts.ts';
import type { CarryAccounts } from '#lib/results/save.ts';
import type { Compute } from '../compute/compute.ts';
import { saveLimitMs } from '../compute/limits.ts';
import { packList, type PackedList, packListInTurns, unpackList, unpackListInTurns } from '../compute/packed.ts';

/** An account whose rows are packed; its own list of rows is empty. */
interface PackedAccount<Account extends { rows: unknown[] }> {
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

/** Carries over on the compute threads, where `key` takes turns with others. */
export function carryInThreads(compute: Pick<Compute, 'run'>, key: string): CarryAccounts {
  return async (definition, { kept, orphans }, accounts): Promise<CarriedResult> => {
    const input = {
      definition,
      kept: await Promise.all(kept.map(packed<KeptAccount>)),
      orphans: [...orphans],
      accounts: await Promise.all(accounts.map(packed<AccountResult>)),
    };
    const carried = await compute.run('carryPacked', input, { key, limitMs: saveLimitMs });
    const rows = await Promise.all(carried.rows.map((list) => unpackListInTurns(list)));
    return { rows, orphans: carried.orphans };
  };
}

async function packed<Account extends { rows: unknown[] }>(account: Account): Promise<PackedAccount<Account>> {
  return { account: { ...account, rows: [] }, rows: await packListInTurns(account.rows) };
}

function unpacked<Account extends { rows: unknown[] }>({ account, rows }: PackedAccount<Account>): Account {
  return { ...account, rows: unpackList(rows) };
}
