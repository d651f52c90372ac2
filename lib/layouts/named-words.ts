import { eq, sql } from 'drizzle-orm';
import { readPageKey } from '#lib/artifact-keys.ts';
import type { Context } from '#lib/context.ts';
import type { Field } from '#lib/core/fields/field.ts';
import { wordOf } from '#lib/core/layouts/word.ts';
import { pageSchema } from '#lib/core/pages/page.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { Executor } from '#lib/db/client.ts';
import type { lessons } from '#lib/db/tables/layouts.ts';
import { documents } from '#lib/db/tables/sessions.ts';
import { type HashWord, wordHash } from './hash-word.ts';
import { layoutKey } from './key.ts';

/** A word in so many sessions is part of a layout, not of one document. */
const commonSessions = 3;

/** Which words may leave the installation in plain text. */
export interface NamedWords {
  hash: HashWord;
  /** Of hashes that many sessions have. */
  common: ReadonlySet<string>;
  /** Of the schema itself, by their hashes. */
  own: ReadonlyMap<string, string>;
}

export async function namedWords(
  db: Executor,
  { id, definition }: { id: string; definition: Definition },
): Promise<NamedWords> {
  const hash = wordHash(await layoutKey(db));
  const { rows } = await db.execute<{ hash: string }>(sql`
    select word->>'hash' as hash from lessons, jsonb_array_elements(lesson->'words') word
    where schema_id = ${id} and session_id is not null
    group by 1 having count(distinct session_id) >= ${commonSessions}`);
  const own = wordsOfFields(definition.fields).map((word): [string, string] => [hash(word), word]);
  return { hash, common: new Set(rows.map((row) => row.hash)), own: new Map(own) };
}

function wordsOfFields(field: Field): string[] {
  const texts = [field.name, field.label, ...field.aliases];
  const inner = field.kind === 'object' ? field.fields : field.kind === 'list' ? [field.item] : [];
  return [
    ...texts.flatMap((text) => text.split(/[\s_]+/).flatMap((part) => wordOf(part) ?? [])),
    ...inner.flatMap(wordsOfFields),
  ];
}

/** The words of a lesson that may be named, by their hashes: read again from the page that it comes from. */
export async function wordsOfLesson(
  { db, storage }: Pick<Context, 'db' | 'storage'>,
  { documentId, pageNum, plain }: Pick<typeof lessons.$inferSelect, 'documentId' | 'pageNum' | 'plain'>,
  { hash, common, own }: NamedWords,
): Promise<Map<string, string>> {
  const named = new Map([...own, ...Object.entries(plain ?? {})]);
  if (documentId === null || pageNum === null) return named;
  const [document] = await db
    .select({ sha256: documents.sha256, readerKey: documents.readerKey })
    .from(documents)
    .where(eq(documents.id, documentId));
  const bytes = document?.readerKey && (await storage.get(readPageKey(document.sha256, document.readerKey, pageNum)));
  if (!bytes) return named;
  for (const { text } of pageSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).words) {
    const word = wordOf(text);
    if (word !== null && common.has(hash(word))) named.set(hash(word), word);
  }
  return named;
}
