import { index, integer, jsonb, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import type { Lesson } from '#lib/core/layouts/lesson.ts';
import { createdAt } from './columns.ts';
import { documents, runs, schemas, sessions } from './sessions.ts';

// What verified pages taught about their layouts. It goes with the session that it comes from.

/** One verified page. */
export const lessons = pgTable(
  'lessons',
  {
    /** UUIDv7: sorts by when it was learned. */
    id: uuid().primaryKey(),
    schemaId: uuid()
      .notNull()
      .references(() => schemas.id, { onDelete: 'cascade' }),
    /** Null for one that was imported, as are the next two. */
    sessionId: uuid().references(() => sessions.id, { onDelete: 'cascade' }),
    documentId: uuid().references(() => documents.id, { onDelete: 'cascade' }),
    pageNum: integer(),
    /** Which documents teach it together: the document's id, or a name of its own for one that was imported. */
    source: text().notNull(),
    lesson: jsonb().$type<Lesson>().notNull(),
    /** Numbers of which pages with many words in common share some. */
    bands: integer().array().notNull(),
    /** Of one that was imported: the words of its hashes, as far as the import named them. */
    plain: jsonb().$type<Record<string, string>>(),
    createdAt: createdAt(),
  },
  (t) => [
    index('lessons_bands').using('gin', t.bands),
    index('lessons_schema').on(t.schemaId, t.id),
    index('lessons_session').on(t.sessionId),
    index('lessons_document').on(t.documentId),
  ],
);

/** What an installation's own edits say about trust in the values of a schema's fields. */
export const calibrations = pgTable(
  'calibrations',
  {
    schemaId: uuid()
      .notNull()
      .references(() => schemas.id, { onDelete: 'cascade' }),
    /** Of the field in all rows of its lists, such as `Lines[].Amount`. */
    key: text().notNull(),
    /** To be added to the log-odds of a trust. */
    shift: real().notNull(),
    changed: integer().notNull(),
    of: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.schemaId, t.key] })],
);

/** Verified sessions of which nothing was learned yet. */
export const lessonsDue = pgTable('lessons_due', {
  sessionId: uuid()
    .primaryKey()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
});

/** By which lessons a page of a run is read: chosen once, so that a retry reads it the same way. */
export const recalls = pgTable(
  'recalls',
  {
    runId: uuid()
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    documentId: uuid()
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    pageNum: integer().notNull(),
    lessonIds: uuid().array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.runId, t.pageNum] }), index('recalls_run').on(t.runId)],
);
