import { asc, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { engines } from '#lib/core/schema/definition.ts';
import type { MovedPage } from '#lib/core/splitting/moved.ts';
import { failureReasons } from '#lib/core/failures.ts';
import { documentStatuses, pageStatuses, sessionStatuses, type StageStates } from '#lib/core/lifecycle.ts';
import { count, createdAt, moment, money } from './columns.ts';

// Column names are these keys in snake_case (`casing` of the client and of drizzle.config.ts).

export const sessionStatus = pgEnum('session_status', sessionStatuses);
export const documentStatus = pgEnum('document_status', documentStatuses);
export const pageStatus = pgEnum('page_status', pageStatuses);
export const failureReason = pgEnum('failure_reason', failureReasons);
export const engine = pgEnum('engine', engines);

/** Why something that is processing cannot go on for now, and when it is tried again. */
export interface Waiting {
  reason: string;
  until: string;
}

/** A secret that only the workers named can open, by the id of the worker: base64 of the RSA-OAEP ciphertext. */
export type SealedPassword = Record<string, string>;

/** What to extract, under a slug that never changes. Its content is in its versions. */
export const schemas = pgTable('schemas', {
  id: uuid().primaryKey(),
  slug: text().notNull().unique(),
  archivedAt: moment(),
  createdAt: createdAt(),
});

/** One state of a schema's definition. A version never changes once written. */
export const schemaVersions = pgTable(
  'schema_versions',
  {
    id: uuid().primaryKey(),
    schemaId: uuid()
      .notNull()
      .references(() => schemas.id),
    version: integer().notNull(),
    name: text().notNull(),
    /** Parse it with `parseSavedDefinition`. As json, not jsonb: the order of fields is kept. */
    definition: json().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique('schema_versions_number').on(t.schemaId, t.version)],
);

/** Numbers that rise, for `files.cacheEpoch`. */
export const cacheEpochs = pgSequence('cache_epochs');

/** The content of uploads, by SHA-256, shared by all documents with the same bytes. */
export const files = pgTable(
  'files',
  {
    sha256: text().primaryKey(),
    bytes: bigint({ mode: 'number' }).notNull(),
    touchedAt: createdAt(),
    /**
     * Part of the key of every artifact made from the file. A new, higher number whenever its artifacts are deleted, so that
     * what is made afterwards is never mixed up with what was deleted. Null for files from before there were epochs.
     */
    cacheEpoch: bigint({ mode: 'number' }),
  },
  (t) => [index('files_touched').on(t.touchedAt)],
);

export const sessions = pgTable(
  'sessions',
  {
    /** UUIDv7: sorts by creation. */
    id: uuid().primaryKey(),
    name: text().notNull(),
    schemaVersionId: uuid()
      .notNull()
      .references(() => schemaVersions.id),
    engine: engine().notNull(),
    model: text(),
    /** The number of the current run, from 1. */
    run: integer().notNull().default(1),
    status: sessionStatus().notNull().default('processing'),
    /** Finished, but not everything gave a result. */
    partial: boolean().notNull().default(false),
    waiting: jsonb().$type<Waiting>(),
    /** 0 high, 1 normal, 2 low. */
    priority: smallint().notNull(),
    progress: smallint().notNull().default(0),
    stage: text().notNull().default('queued'),
    documentsTotal: integer().notNull(),
    documentsDone: count(),
    pagesTotal: count(),
    pagesProcessed: count(),
    pagesFailed: count(),
    accounts: count(),
    needsAttention: count(),
    costUsd: money(),
    /** Raised by every change that a person makes; the base that further changes name. */
    version: integer().notNull().default(1),
    failureReason: failureReason(),
    failureMessage: text(),
    createdAt: createdAt(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    index('sessions_status').on(t.status, t.id),
    index('sessions_schema_version').on(t.schemaVersionId, t.id),
    index('sessions_schema_status').on(t.schemaVersionId, t.status, t.id),
    index('sessions_name').using('gin', t.name.op('gin_trgm_ops')),
    check('sessions_priority', sql`${t.priority} in (0, 1, 2)`),
  ],
);

/** One extraction of a session, under one schema version and engine. */
export const runs = pgTable(
  'runs',
  {
    id: uuid().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    schemaVersionId: uuid()
      .notNull()
      .references(() => schemaVersions.id),
    engine: engine().notNull(),
    model: text(),
    createdAt: createdAt(),
    finishedAt: moment(),
  },
  (t) => [unique('runs_number').on(t.sessionId, t.number)],
);

export const documents = pgTable(
  'documents',
  {
    id: uuid().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** The order in which the files were given, from 0; files that one of them holds have its number. */
    position: integer().notNull(),
    /** The document whose file holds this one's, such as a mail or an archive. */
    parentId: uuid().references((): AnyPgColumn => documents.id, { onDelete: 'cascade' }),
    /** Which of the files in its parent it is, from 0. */
    part: integer(),
    /** The same of its parents and itself, from the file that was uploaded on; empty for that one. */
    path: integer().array().notNull().default([]),
    name: text().notNull(),
    sha256: text()
      .notNull()
      .references(() => files.sha256),
    type: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    status: documentStatus().notNull().default('queued'),
    /** Part of the key of all that is remembered of it; raised to do everything again. */
    generation: integer().notNull().default(0),
    /** Of pages that are to be extracted again, how often they were: part of the key of what is remembered of each. */
    pageGenerations: jsonb().$type<Record<number, number>>(),
    /** Pages that people gave to another account, by page number; they outrank what splitting decides, in every run. */
    movedPages: jsonb().$type<MovedPage[]>(),
    /** The password that a person gave, sealed for each live worker's key; gone as soon as the reading ends. */
    sealedPassword: jsonb().$type<SealedPassword>(),
    /** What a person should know of it as a whole, such as that it looks like several records. */
    notice: text(),
    /** Under which key its pages are kept in storage, once they are read. */
    readerKey: text(),
    stageStates: jsonb().$type<StageStates>().notNull(),
    progress: smallint().notNull().default(0),
    /** The fence: taken when the job is claimed, named by every write of that claim. */
    attempt: integer().notNull().default(0),
    /** Workers lost in a row without anything newly remembered. */
    lostAttempts: smallint().notNull().default(0),
    /** The job in the queue that will work, or works, on it. */
    jobId: uuid(),
    waiting: jsonb().$type<Waiting>(),
    pagesTotal: count(),
    pagesProcessed: count(),
    pagesFailed: count(),
    failureReason: failureReason(),
    failureMessage: text(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    index('documents_session').on(t.sessionId, t.position),
    // A worker that unpacks a file twice adds its parts once.
    uniqueIndex('documents_part')
      .on(t.parentId, t.part)
      .where(sql`${t.parentId} is not null`),
    index('documents_sha256').on(t.sha256),
    // Counted, and the few that run listed, every time somebody looks at the workers.
    index('documents_status').on(t.status),
    index('documents_waiting')
      .on(sql`(${t.waiting}->>'reason')`)
      .where(sql`${t.waiting} is not null`),
  ],
);

/** The order of a session's documents: as they were given, each followed by those that it holds. */
export const documentOrder = [asc(documents.position), asc(documents.path), asc(documents.id)] as const;
