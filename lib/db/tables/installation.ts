import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { count, createdAt, money } from './columns.ts';
import { sessions } from './sessions.ts';

// What the installation as a whole keeps: calls and their cost, workers, settings, keys of uploads.

/** One row per call of a model, whatever its outcome. */
export const usage = pgTable(
  'usage',
  {
    id: uuid().primaryKey(),
    /** Kept when the session is deleted: the money is spent. */
    sessionId: uuid(),
    documentId: uuid(),
    pageNum: integer(),
    model: text().notNull(),
    tokensIn: count(),
    tokensCached: count(),
    tokensOut: count(),
    costUsd: money(),
    ms: count(),
    outcome: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('usage_created').on(t.createdAt), index('usage_session').on(t.sessionId)],
);

/** Live and recently lost worker processes, for the processor status and health. */
export const workers = pgTable('workers', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  host: text().notNull(),
  slots: integer().notNull(),
  active: count(),
  isolation: text().notNull(),
  /** Of its program (lib/db/version.ts): a migration that it could not live with is refused while it runs. */
  version: count(),
  /** For sealing passwords to it: PEM; its private half lives in the worker's memory alone. */
  publicKey: text(),
  startedAt: createdAt(),
  heartbeatAt: createdAt(),
});

/** Installation-wide settings that people change while it runs: budgets, prices, restart requests. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: createdAt(),
});

/** `Idempotency-Key`s of uploads, honoured for 24 hours. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    key: text().primaryKey(),
    bodyHash: text().notNull(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** All sessions that the request started, of one that started several. */
    sessionIds: uuid().array(),
    createdAt: createdAt(),
  },
  (t) => [index('idempotency_keys_created').on(t.createdAt), index('idempotency_keys_session').on(t.sessionId)],
);

/** One row: which migrations the database has had, and the oldest program that may still use it (lib/db/version.ts). */
export const databaseVersion = pgTable(
  'database_version',
  {
    id: integer().primaryKey().default(1),
    version: integer().notNull(),
    oldestProgram: integer().notNull(),
    migratedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [check('database_version_single_row', sql`${t.id} = 1`)],
);
