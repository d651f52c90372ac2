import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { EventType } from '#lib/core/lifecycle.ts';
import { createdAt, moment } from './columns.ts';

/** The outbox: one row per transition of a session, written in the transaction that it reports. */
export const events = pgTable(
  'events',
  {
    /** UUIDv7: sorts by time. */
    id: uuid().primaryKey(),
    type: text().$type<EventType>().notNull(),
    /** Not a reference: what became of a deleted session is still to be delivered. */
    sessionId: uuid().notNull(),
    /** The document that it was about, when it was about one. */
    documentId: uuid(),
    /** The run that was current. */
    run: integer().notNull(),
    /** Who did it (`actorName`). */
    actor: text().notNull(),
    createdAt: createdAt(),
    /** When the last of its deliveries ended; at once where no one is to get it. */
    deliveredAt: moment(),
  },
  (t) => [index('events_created').on(t.createdAt), index('events_session').on(t.sessionId, t.id)],
);
