import { boolean, index, integer, json, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { Value } from '#lib/core/values/value.ts';
import type { KeptRow } from '#lib/core/values/match-rows.ts';
import type { Boundary } from '#lib/core/splitting/types.ts';
import { count, createdAt, moment, money } from './columns.ts';
import { documents, engine, failureReason, pageStatus, runs } from './sessions.ts';

// What the runs of sessions gave: the ledger of pages, accounts and values.

/** Whose a row is: it goes with its run and with its document. */
const ofRun = () => ({
  runId: uuid()
    .notNull()
    .references(() => runs.id, { onDelete: 'cascade' }),
  documentId: uuid()
    .notNull()
    .references(() => documents.id, { onDelete: 'cascade' }),
});

/** The ledger: for each page of each document of a run what was done, by what, at what cost, with what result. */
export const pages = pgTable(
  'pages',
  {
    ...ofRun(),
    pageNum: integer().notNull(),
    status: pageStatus().notNull().default('pending'),
    source: text(),
    title: text(),
    engine: engine(),
    model: text(),
    /** Found in memory, not done again. */
    cached: boolean().notNull().default(false),
    tokensIn: count(),
    tokensCached: count(),
    tokensOut: count(),
    costUsd: money(),
    ms: count(),
    failureReason: failureReason(),
    failureMessage: text(),
    finishedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.runId, t.pageNum] }), index('pages_run').on(t.runId)],
);

/** The parts of a document that belong to one record each. */
export const accounts = pgTable(
  'accounts',
  {
    ...ofRun(),
    accountIndex: integer().notNull(),
    accountNumber: text(),
    /** 0-based page numbers, ascending. */
    pages: integer().array().notNull(),
    /** The same before people moved any; none for an account that they made. null: kept before this was recorded. */
    evidencePages: integer().array(),
    /** Where its pages begin behind those of another account, why, and how surely; null for a document that is whole. */
    boundaries: jsonb().$type<Boundary[]>(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.runId, t.accountIndex] }), index('accounts_run').on(t.runId)],
);

/** What one page gave for one account: what `cached-data` answers with one indexed read. */
export const pageAccounts = pgTable(
  'page_accounts',
  {
    ...ofRun(),
    pageNum: integer().notNull(),
    accountIndex: integer().notNull(),
    data: json().$type<Record<string, unknown>>().notNull(),
    extractedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.runId, t.pageNum, t.accountIndex] }),
    index('page_accounts_run').on(t.runId),
  ],
);

/** The values of an account: one row per scalar, one per row of a list. */
export const fieldValues = pgTable(
  'field_values',
  {
    id: uuid().primaryKey(),
    ...ofRun(),
    accountIndex: integer().notNull(),
    /** Order within the account: schema order, then row order. */
    position: integer().notNull(),
    /** Of a scalar its path, of a list row the list's (`Payments`). */
    path: text().notNull(),
    /** Stable over reordering and re-extraction; null for a scalar. */
    rowId: uuid(),
    /** One for a scalar, one per column for a list row; their paths count rows from the list's start. */
    leaves: jsonb().$type<Value[]>().notNull(),
    /** As the engines gave it, once a person changed it; an empty list for a row that a person added. */
    extracted: jsonb().$type<Value[]>(),
    /** A row of a list that a person deleted: kept, so that the next run does not bring it back. */
    isDeleted: boolean().notNull().default(false),
    needsAttention: smallint().notNull().default(0),
    version: integer().notNull().default(1),
    updatedAt: createdAt(),
  },
  (t) => [
    index('field_values_account').on(t.runId, t.documentId, t.accountIndex, t.position),
    index('field_values_document').on(t.documentId),
  ],
);

/**
 * What people decided on accounts or fields that the latest result of a document does not have. It returns to them as soon
 * as a result has them again.
 */
export const orphanedEdits = pgTable(
  'orphaned_edits',
  {
    id: uuid().primaryKey(),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** The account that they belong to, as its row had it. */
    accountNumber: text(),
    evidencePages: integer().array().notNull(),
    rows: jsonb().$type<KeptRow[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('orphaned_edits_document').on(t.documentId)],
);
