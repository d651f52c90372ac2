import { and, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '#lib/db/client.ts';
import { usage } from '#lib/db/tables/installation.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import type { Queue } from '#lib/queue/open.ts';
import { getSettings, settingsKey } from '#lib/usage/get-settings.ts';
import { reserved } from './reserved.ts';

/** Why a document waits, as it is shown. */
export const budgetReasons = {
  month: "This month's budget is spent: raise it, or wait for next month",
  session: "This session's budget is spent: raise it",
} as const;

/** A call would pass a budget, so it must not be made. */
export class BudgetSpent extends Error {
  override name = 'BudgetSpent';
  readonly which: keyof typeof budgetReasons;
  /** When it is worth trying again, unless the budget is raised before. */
  readonly until: Date;

  constructor(which: keyof typeof budgetReasons, until: Date) {
    super(budgetReasons[which]);
    this.which = which;
    this.until = until;
  }
}

/** Money that was set aside earlier was lost with its worker, and counts no more. */
const reservationMinutes = 60;
/** A month's counter is rebuilt from the usage rows when it says no and is older. */
const recountSeconds = 60;
const dayMs = 24 * 3600_000;

const month = sql`date_trunc('month', now() at time zone 'utc')`;
/** The key of the counter of the month (UTC) that a moment belongs to. */
const counterOf = (moment: SQL) => sql`'spent ' || to_char(${moment} at time zone 'utc', 'YYYY-MM')`;
const counterKey = counterOf(sql`now()`);
const counts = sql`(outcome <> ${reserved} or created_at > now() - make_interval(mins => ${reservationMinutes}))`;

/**
 * Sets money aside before a call, atomically against the budgets of the month and of the session; null when there is
 * no budget. Of calls at the same time no two get the same dollar.
 * @param costUsd what the call may cost
 * @returns gives it back, once what the call did cost is recorded
 * @throws BudgetSpent
 */
export async function reserve(
  db: Database,
  call: { sessionId: string; documentId: string; model: string },
  costUsd: number,
): Promise<(() => Promise<void>) | null> {
  const id = await db.transaction(async (tx) => {
    await holdSettings(tx);
    const { budgets } = await getSettings({ db: tx });
    if (budgets.month_usd === null && budgets.session_usd === null) return null;
    const spent = await lockCounter(tx, (usd) => budgets.month_usd !== null && usd + costUsd > budgets.month_usd);
    if (budgets.month_usd !== null && spent + costUsd > budgets.month_usd) {
      throw new BudgetSpent('month', nextMonth(new Date()));
    }
    if (budgets.session_usd !== null && (await spentOn(tx, call.sessionId)) + costUsd > budgets.session_usd) {
      throw new BudgetSpent('session', new Date(Date.now() + dayMs));
    }
    const rowId = newId();
    await tx.insert(usage).values({ id: rowId, ...call, costUsd, outcome: reserved });
    await addToCounter(tx, costUsd);
    return rowId;
  });
  return id === null ? null : () => release(db, id);
}

/** Writes one row for one call of a model, whatever its outcome, and counts what it cost. */
export async function recordUsage(db: Database, call: Omit<typeof usage.$inferInsert, 'createdAt'>): Promise<void> {
  await db.transaction(async (tx) => {
    // Tried again after the connection was lost at the commit, it is there already.
    const written = await tx.insert(usage).values(call).onConflictDoNothing().returning({ id: usage.id });
    if (written.length > 0 && call.costUsd) await addToCounter(tx, call.costUsd);
  });
}

/** Gives it back to the month in which it was set aside. */
async function release(db: Database, id: string): Promise<void> {
  await db.execute(sql`
    with gone as (delete from usage where id = ${id} returning cost_usd, ${counterOf(sql`created_at`)} as counter)
    update settings set value = jsonb_set(value, '{usd}', to_jsonb((value->>'usd')::numeric - gone.cost_usd))
    from gone where key = gone.counter and value->>'usd' is not null`);
}

/** What was spent this month and is set aside just now, in US dollars. */
export async function spentThisMonth(db: Database | Transaction): Promise<number> {
  const {
    rows: [row],
  } = await db.execute<{ usd: number }>(sql`
    select coalesce(sum(cost_usd), 0)::float8 as usd from usage
    where created_at >= ${month} at time zone 'utc' and ${counts}`);
  return row?.usd ?? 0;
}

/** Counters are rebuilt from the usage rows at the next reservation. */
export async function forgetCounters(tx: Transaction): Promise<void> {
  await tx.execute(sql`delete from settings where key like 'spent %'`);
}

/** Documents that wait for a budget are tried again now. */
export async function resumeWaiting(tx: Transaction, queue: Queue): Promise<void> {
  const waiting = await tx
    .select({ jobId: documents.jobId })
    .from(documents)
    .where(
      and(isNotNull(documents.waiting), inArray(sql`${documents.waiting}->>'reason'`, Object.values(budgetReasons))),
    )
    .orderBy(documents.id);
  await queue.runNow(
    tx,
    waiting.flatMap(({ jobId }) => jobId ?? []),
  );
}

/**
 * Whether settings changed since a moment. Until the caller's transaction ends they do not: who begins to wait for a
 * budget meanwhile is either seen by the change, or sees it.
 */
export async function changedSince(tx: Transaction, moment: string): Promise<boolean> {
  await holdSettings(tx);
  const { rowCount } = await tx.execute(sql`
    select 1 from settings where key = ${settingsKey} and updated_at > ${moment}::timestamptz`);
  return rowCount !== null && rowCount > 0;
}

/** Until the transaction ends no one changes settings. */
async function holdSettings(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext(${settingsKey}))`);
}

/** Whether somebody who waits for this reason waits for a budget. */
export function isBudgetReason(reason: string): boolean {
  return Object.values<string>(budgetReasons).includes(reason);
}

/** Gives what the month's counter says, and holds it for this transaction; rebuilt when it is missing or says no. */
async function lockCounter(tx: Transaction, saysNo: (usd: number) => boolean): Promise<number> {
  await tx.execute(sql`
    insert into settings (key, value) values (${counterKey}, '{"usd": null, "counted_at": "-infinity"}')
    on conflict do nothing`);
  const {
    rows: [row],
  } = await tx.execute<{ usd: number | null; is_old: boolean }>(sql`
    select (value->>'usd')::float8 as usd,
      (value->>'counted_at')::timestamptz < now() - make_interval(secs => ${recountSeconds}) as is_old
    from settings where key = ${counterKey} for update`);
  if (row && row.usd !== null && !(row.is_old && saysNo(row.usd))) return row.usd;
  // One that is being given back just now is skipped: it waits for the counter.
  await tx.execute(sql`
    delete from usage where id in (
      select id from usage where outcome = ${reserved} and created_at < now() - make_interval(mins => ${reservationMinutes})
      for update skip locked)`);
  const usd = await spentThisMonth(tx);
  await tx.execute(sql`
    update settings set value = jsonb_build_object('usd', ${usd}::numeric, 'counted_at', now()) where key = ${counterKey}`);
  return usd;
}

async function addToCounter(tx: Transaction, usd: number): Promise<void> {
  await tx.execute(sql`
    update settings set value = jsonb_set(value, '{usd}', to_jsonb((value->>'usd')::numeric + ${usd}::numeric))
    where key = ${counterKey} and value->>'usd' is not null`);
}

async function spentOn(tx: Transaction, sessionId: string): Promise<number> {
  const {
    rows: [row],
  } = await tx.execute<{ usd: number }>(sql`
    select coalesce(sum(cost_usd), 0)::float8 as usd from usage where session_id = ${sessionId} and ${counts}`);
  return row?.usd ?? 0;
}

function nextMonth(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
}
