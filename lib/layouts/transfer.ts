import { desc, eq, sql } from 'drizzle-orm';
import pMap from 'p-map';
import type { Context } from '#lib/context.ts';
import type { LayoutPage, LayoutsFile, LayoutsImported } from '#lib/core/contract/layouts.ts';
import { bandsOf } from '#lib/core/layouts/bands.ts';
import { minWords } from '#lib/core/layouts/lesson.ts';
import type { Executor } from '#lib/db/client.ts';
import { lessons } from '#lib/db/tables/layouts.ts';
import { newId } from '#lib/id.ts';
import { wordHash } from './hash-word.ts';
import { layoutKey } from './key.ts';
import { namedWords, wordsOfLesson } from './named-words.ts';
import { schemaOf } from './schema-of.ts';

/** Of more pages than that the latest go with an export. */
const maxPages = 5000;
const loadConcurrency = 8;
const batch = 500;

/**
 * What was learned for a schema, for another installation. Words are kept as keyed hashes: those that the schema itself has,
 * or three sessions or more, are named, and the others left out.
 * @throws RequestError `unknown_schema` (404)
 */
export async function exportLayouts(context: Pick<Context, 'db' | 'storage'>, slug: string): Promise<LayoutsFile> {
  const schema = await schemaOf(context.db, slug);
  const allowed = await namedWords(context.db, schema);
  const rows = await context.db
    .select()
    .from(lessons)
    .where(eq(lessons.schemaId, schema.id))
    .orderBy(desc(lessons.id))
    .limit(maxPages);
  const sources = new Map<string, string>();
  const nameOf = (source: string) => {
    const known = sources.get(source) ?? `document ${sources.size + 1}`;
    sources.set(source, known);
    return known;
  };
  const pages = await pMap(
    rows,
    async ({ lesson, source, ...row }): Promise<LayoutPage> => {
      const named = await wordsOfLesson(context, row, allowed);
      const words = lesson.words.flatMap(({ hash, x, y }) => {
        const word = named.get(hash);
        return word === undefined ? [] : [{ word, x, y }];
      });
      return { ...lesson, source: nameOf(source), words };
    },
    { concurrency: loadConcurrency },
  );
  return { sluice_layouts: 1, schema: slug, pages };
}

/**
 * Adds what another installation learned.
 * @throws RequestError `unknown_schema` (404)
 */
export async function importLayouts(
  { db }: Pick<Context, 'db'>,
  slug: string,
  file: LayoutsFile,
): Promise<LayoutsImported> {
  const { id: schemaId } = await schemaOf(db, slug);
  const hash = wordHash(await layoutKey(db));
  const origin = newId();
  const usable = file.pages.filter(({ words }) => words.length >= minWords);
  const rows = usable.map(({ words, source, ...places }) => {
    const hashed = words.map(({ word, x, y }) => ({ hash: hash(word), x, y }));
    const plain = Object.fromEntries(words.map(({ word }) => [hash(word), word]));
    const lesson = { ...places, words: hashed };
    return { id: newId(), schemaId, source: `${origin} ${source}`, lesson, bands: bandsOf(hashed), plain };
  });
  await db.transaction(async (tx) => {
    for (let at = 0; at < rows.length; at += batch) await tx.insert(lessons).values(rows.slice(at, at + batch));
  });
  return { imported: rows.length, skipped: file.pages.length - rows.length };
}

/** Forgets all that was learned for a schema. @throws RequestError `unknown_schema` (404) */
export async function forgetLayouts({ db }: Pick<Context, 'db'>, slug: string): Promise<number> {
  const { id } = await schemaOf(db, slug);
  return forgetWhere(db, id);
}

async function forgetWhere(db: Executor, schemaId: string): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    with gone as (delete from lessons where schema_id = ${schemaId} returning 1) select count(*)::int as count from gone`);
  return rows[0]?.count ?? 0;
}
