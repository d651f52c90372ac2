import { integer, numeric, timestamp } from 'drizzle-orm/pg-core';

// Kinds of columns that many tables have.

export const moment = () => timestamp({ withTimezone: true, mode: 'date' });
export const createdAt = () => moment().notNull().defaultNow();
export const count = () => integer().notNull().default(0);
export const money = () => numeric({ precision: 14, scale: 6, mode: 'number' }).notNull().default(0);
