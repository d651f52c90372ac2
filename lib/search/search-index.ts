import { eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '#lib/db/client.ts';
import { sessionSearch } from '#lib/db/tables/reviews.ts';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import type { Value } from '#lib/core/values/value.ts';
import { searchQuery, searchWords } from './words.ts';

/** Words of a session beyond so many are not searched by: a workbook of 400,000 cells is found by its first ones. */
const maxWords = 15_000;

/** Lets a session be found by these texts too. */
export async function addToSearch(tx: Transaction, sessionId: string, texts: Iterable<string>): Promise<void> {
  const words = searchWords(texts);
  if (words.length === 0) return;
  await tx
    .insert(sessionSearch)
    .values({ sessionId, words: sql`array_to_tsvector(${sql.param(words)}::text[])` })
    .onConflictDoUpdate({
      target: sessionSearch.sessionId,
      set: { words: sql`${sessionSearch.words} || excluded.words` },
      setWhere: sql`length(${sessionSearch.words}) < ${maxWords}`,
    });
}

/** The texts of values, as read and as kept. */
export function* textsOf(leaves: Iterable<Pick<Value, 'value' | 'raw'>>): Generator<string> {
  for (const { value, raw } of leaves) {
    if (value !== null) yield String(value);
    if (raw !== null && raw !== value) yield raw;
  }
}

/** Forgets the values of a session's last run: it is found by its name and its files. */
export async function resetSearch(tx: Transaction, sessionId: string): Promise<void> {
  await tx.delete(sessionSearch).where(eq(sessionSearch.sessionId, sessionId));
  const [session] = await tx.select({ name: sessions.name }).from(sessions).where(eq(sessions.id, sessionId));
  const files = await tx.select({ name: documents.name }).from(documents).where(eq(documents.sessionId, sessionId));
  await addToSearch(
    tx,
    sessionId,
    [...(session ? [session] : []), ...files].map(({ name }) => name),
  );
}

/** An index of trigrams helps to find what has at least so many letters or digits in a row. */
const trigram = /[\p{L}\p{N}]{3}/u;

interface Findings {
  /** Asked of `sessions`. null for what is so short that only words are looked for. */
  byName: SQL | null;
  /** Asked of `session_search`. null for what has no letters and no digits. */
  byWords: SQL | null;
}

/** The two ways in which a typed text finds a session: as a part of its name, and by the words of its files and values. */
export function findings(typed: string): Findings {
  const query = searchQuery(typed);
  const byName = ilike(sessions.name, `%${typed.replace(/[\\%_]/g, '\\$&')}%`);
  return {
    byName: query === null || trigram.test(typed) ? byName : null,
    byWords: query === null ? null : sql`${sessionSearch.words} @@ ${query}::tsquery`,
  };
}

/** The same as one condition on `sessions`. */
export function foundBy(typed: string): SQL | undefined {
  const { byName, byWords } = findings(typed);
  return or(
    byName ?? undefined,
    byWords
      ? sql`${sessions.id} in (select ${sessionSearch.sessionId} from ${sessionSearch} where ${byWords})`
      : undefined,
  );
}
