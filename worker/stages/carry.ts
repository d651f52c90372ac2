import type { AccountResult } from '#lib/results/account-result.ts';
import type { CarriedResult, KeptAccount } from '#lib/results/carry-accounts.ts';
import type { CarryAccounts } from '#lib/results/save.ts';
import type { Compute } from '../compute/compute.ts';
import { saveLimitMs } from '../compute/limits.ts';
import type { PackedAccount } from '../steps/carry-packed.ts';
import { packListInTurns, unpackListInTurns } from '../steps/packed.ts';

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
