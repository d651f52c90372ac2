import { bulkRequest } from '#lib/core/contract/bulk.ts';
import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client.ts';
import { countChanges } from '#lib/sessions/bulk.ts';
import { countSessions } from '#lib/search/find.ts';
import { listSessions } from '#lib/sessions/list.ts';
import { onGround } from '../pipeline/ground.ts';
import { inTurns, type Line, lineOf, timed } from '../pipeline/line.ts';
import { accountNumber, seedSessions } from './seed.ts';

const [few, many] = [1000, 1_000_000];
const samples = 9;

/** An installation that is asked: how many sessions it has, and the id of the 500th newest. */
interface Query {
  db: Database;
  size: number;
  cursor: string;
}

interface Question {
  what: string;
  atMost: number;
  ask: (asked: Query) => Promise<unknown>;
}

/** Of the session in the middle. */
const middle = ({ size }: Query) => size / 2;
const dryRun = (order: object) => bulkRequest.parse({ ...order, dry_run: true });

const questions: readonly Question[] = [
  { what: 'first page', atMost: 1.5, ask: ({ db }) => listSessions({ db }) },
  { what: 'filtered by status', atMost: 1.5, ask: ({ db }) => listSessions({ db }, { status: 'failed' }) },
  { what: 'filtered by schema', atMost: 1.5, ask: ({ db }) => listSessions({ db }, { schema: 'invoice' }) },
  {
    what: 'filtered by both',
    atMost: 1.5,
    ask: ({ db }) => listSessions({ db }, { schema: 'invoice', status: 'verified' }),
  },
  { what: 'next page', atMost: 1.5, ask: ({ db, cursor }) => listSessions({ db }, { cursor }) },
  {
    what: 'next page, filtered',
    atMost: 1.5,
    ask: ({ db, cursor }) => listSessions({ db }, { cursor, status: 'failed' }),
  },
  { what: 'count', atMost: 1.5, ask: ({ db }) => countSessions(db, {}) },
  { what: 'count, filtered', atMost: 1.5, ask: ({ db }) => countSessions(db, { status: 'verified' }) },
  {
    what: 'count of a bulk deletion, all',
    atMost: 1.5,
    ask: ({ db }) => countChanges({ db }, dryRun({ action: 'delete', filter: {} })),
  },
  {
    what: 'count of a bulk retry, filtered',
    atMost: 1.5,
    ask: ({ db }) => countChanges({ db }, dryRun({ action: 'retry', filter: { status: 'failed' } })),
  },
  {
    what: 'search by name, one',
    atMost: 3,
    ask: (asked) => listSessions(asked, { q: `-${String(middle(asked)).padStart(7, '0')}.` }),
  },
  { what: 'search by name, very many', atMost: 3, ask: ({ db }) => listSessions({ db }, { q: 'harbor-packet' }) },
  {
    what: 'search by value, one',
    atMost: 3,
    ask: (asked) => listSessions(asked, { q: accountNumber(middle(asked)) }),
  },
  { what: 'search by value, many', atMost: 3, ask: ({ db }) => listSessions({ db }, { q: 'maria okafor' }) },
  { what: 'search by value, very many', atMost: 3, ask: ({ db }) => listSessions({ db }, { q: 'maria' }) },
  {
    what: 'search by value, filtered',
    atMost: 3,
    ask: ({ db }) => listSessions({ db }, { q: 'okafor', status: 'failed' }),
  },
];

/** What the table asks of 1,000,000 sessions, against the same of 1,000. */
export function lists(): Promise<Line[]> {
  return onGround((small) =>
    onGround(async (large) => {
      await seedSessions(small.url, few);
      await seedSessions(large.url, many);
      const base = await askedOf(small.context.db, few);
      const ours = await askedOf(large.context.db, many);
      const lines: Line[] = [];
      for (const { what, atMost, ask } of questions) {
        const rounds = await inTurns({ rounds: 7, samples }, ...turns(ask, ours, base));
        lines.push(lineOf({ what: `${what}: 1 M sessions / 1 K`, unit: 'ms', rounds, target: { atMost } }));
      }
      return lines;
    }),
  );
}

function turns(ask: Question['ask'], ours: Query, base: Query) {
  return [() => timed(() => ask(ours)), () => timed(() => ask(base))] as const;
}

async function askedOf(db: Database, size: number): Promise<Query> {
  const {
    rows: [row],
  } = await db.execute<{ id: string }>(sql`select id from sessions order by id desc offset 499 limit 1`);
  if (!row) throw new Error('there are too few sessions to go on from');
  return { db, size, cursor: row.id };
}
