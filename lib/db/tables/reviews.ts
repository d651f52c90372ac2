import { sql } from 'drizzle-orm';
import { customType, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { EditKind, EditState } from '#lib/core/contract/edit-kinds.ts';
import { moment } from './columns.ts';
import { sessions } from './sessions.ts';

// What people do with sessions: their edits, who looks at what, their views, and the words they search by.

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** The audit: one row per change that a person made. Rows are never changed; an undo is a row of its own. */
export const edits = pgTable(
  'edits',
  {
    /** UUIDv7: sorts by time. */
    id: uuid().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    /** Changes made by one transaction share it; undo takes them back together. */
    changeId: uuid().notNull(),
    /** The number of the run that was current. */
    run: integer().notNull(),
    kind: text().$type<EditKind>().notNull(),
    documentId: uuid(),
    accountIndex: integer(),
    /** The row of `field_values`; not a reference, for a later run has rows of its own. */
    valueId: uuid(),
    path: text(),
    before: jsonb().$type<EditState>(),
    after: jsonb().$type<EditState>(),
    /** The change that this one takes back. */
    revertsChangeId: uuid(),
    /** Who made it (`actorName`); null for changes from before it was recorded. */
    actor: text(),
    /** What the person said about it, such as why a session with warnings was verified. */
    reason: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [index('edits_session').on(t.sessionId, t.id.desc()), index('edits_change').on(t.changeId)],
);

/** Who reviews a session just now: a window of a browser, until it stops saying so. */
export const reviewClaims = pgTable('review_claims', {
  sessionId: uuid()
    .primaryKey()
    .references(() => sessions.id, { onDelete: 'cascade' }),
  holder: text().notNull(),
  expiresAt: moment().notNull(),
});

/** A filter of All Sessions under a name. */
export const savedViews = pgTable('saved_views', {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  /** The query part of the address, without `?`. */
  query: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
});

/** The words of a session's values, to search by. Apart from the session's row, which changes with every progress. */
export const sessionSearch = pgTable(
  'session_search',
  {
    sessionId: uuid()
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    words: tsvector().notNull(),
  },
  (t) => [index('session_search_words').using('gin', t.words)],
);

/** The text of reference documents of schemas, in passages of a few hundred words. */
export const knowledgePassages = pgTable(
  'knowledge_passages',
  {
    sha256: text().notNull(),
    position: integer().notNull(),
    text: text().notNull(),
    words: tsvector().generatedAlwaysAs(sql`to_tsvector('simple', text)`),
  },
  (t) => [primaryKey({ columns: [t.sha256, t.position] }), index('knowledge_passages_words').using('gin', t.words)],
);
