import { inArray, sql } from 'drizzle-orm';
import type { Executor } from '#lib/db/client.ts';
import { knowledgePassages } from '#lib/db/tables/reviews.ts';
import type { KnowledgeFile } from '#lib/core/schema/definition.ts';
import type { Knowledge } from '#lib/core/prompt/assemble.ts';
import { charactersPerToken, estimateTokens } from '#lib/core/prompt/tokens.ts';

/** Reference documents that fit in so many tokens together stand whole in the fixed beginning, which providers cache. */
export const wholeTokens = 12_000;
/** Of the others, passages of so many tokens stand beside each page. */
export const passageTokens = 2500;
/** So many of the page's rarest words are looked for. */
const maxWords = 40;
const maxPassages = 40;

/** The reference documents of a schema as its prompts use them. */
export interface References {
  /** In the order of the definition. */
  whole: Knowledge[];
  /** The passages of the others that fit a text best; none when all stand whole. */
  passagesFor: (text: string) => Promise<Knowledge[]>;
}

/**
 * The texts of reference documents, as far as they are read: whole, the small ones first, while they fit; of the rest
 * passages by PostgreSQL's full-text search.
 */
export async function openReferences(db: Executor, files: readonly KnowledgeFile[]): Promise<References> {
  const sizes = await sizesOf(db, files);
  const read = files.filter(({ sha256 }) => sizes.has(sha256));
  const sizeOf = ({ sha256 }: KnowledgeFile) => sizes.get(sha256) ?? 0;
  let left = wholeTokens * charactersPerToken;
  const chosen = read
    .toSorted((a, b) => sizeOf(a) - sizeOf(b))
    .filter((file) => {
      left -= sizeOf(file);
      return left >= 0;
    });
  const texts = await wholeTexts(db, chosen);
  const whole = files.flatMap(({ name, sha256 }) => {
    const text = texts.get(sha256);
    return text ? [{ name, text }] : [];
  });
  const others = read.filter((file) => !chosen.includes(file));
  if (others.length === 0) return { whole, passagesFor: async () => [] };
  const counts = await wordCounts(db, others);
  return { whole, passagesFor: (text) => bestPassages(db, others, counts, text) };
}

/** Characters of the documents that are read. */
async function sizesOf(db: Executor, files: readonly KnowledgeFile[]): Promise<Map<string, number>> {
  if (files.length === 0) return new Map();
  const { rows } = await db.execute<{ sha256: string; size: number }>(sql`
    select sha256, sum(length(text) + 1)::int as size from knowledge_passages
    where ${inArray(knowledgePassages.sha256, hashesOf(files))} group by sha256`);
  return new Map(rows.map(({ sha256, size }) => [sha256, size]));
}

async function wholeTexts(db: Executor, files: readonly KnowledgeFile[]): Promise<Map<string, string>> {
  if (files.length === 0) return new Map();
  const { rows } = await db.execute<{ sha256: string; text: string }>(sql`
    select sha256, string_agg(text, E'\n' order by position) as text from knowledge_passages
    where ${inArray(knowledgePassages.sha256, hashesOf(files))} group by sha256`);
  return new Map(rows.map(({ sha256, text }) => [sha256, text]));
}

const hashesOf = (files: readonly KnowledgeFile[]) => files.map(({ sha256 }) => sha256);

interface WordCounts {
  /** In how many passages each word stands. */
  of: ReadonlyMap<string, number>;
  passages: number;
}

async function wordCounts(db: Executor, files: readonly KnowledgeFile[]): Promise<WordCounts> {
  // ts_stat takes a query as text; the definition's parser lets only hex through as a hash.
  const hashes = hashesOf(files).map((sha256) => `'${sha256}'`);
  const query = `select words from knowledge_passages where sha256 in (${hashes.join(', ')})`;
  const { rows } = await db.execute<{ word: string; ndoc: number }>(sql`select word, ndoc from ts_stat(${query})`);
  const passages = await db.$count(knowledgePassages, inArray(knowledgePassages.sha256, hashesOf(files)));
  return { of: new Map(rows.map(({ word, ndoc }) => [word, ndoc])), passages };
}

/** The rarest words of the page that the documents have tell which passages speak of the same. */
async function bestPassages(
  db: Executor,
  files: readonly KnowledgeFile[],
  counts: WordCounts,
  text: string,
): Promise<Knowledge[]> {
  const {
    rows: [page],
  } = await db.execute<{ words: string[] }>(sql`select tsvector_to_array(to_tsvector('simple', ${text})) as words`);
  const rarity = (word: string) => counts.of.get(word) ?? 0;
  const rare = (page?.words ?? [])
    .filter((word) => rarity(word) > 0 && (rarity(word) <= counts.passages / 2 || counts.passages < 4))
    .toSorted((a, b) => rarity(a) - rarity(b) || (a < b ? -1 : 1))
    .slice(0, maxWords);
  if (rare.length === 0) return [];
  const query = rare.map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(' | ');
  const { rows: found } = await db.execute<{ sha256: string; position: number; text: string }>(sql`
    select sha256, position, text from knowledge_passages
    where ${inArray(knowledgePassages.sha256, hashesOf(files))} and words @@ ${query}::tsquery
    order by ts_rank(words, ${query}::tsquery, 1) desc, sha256, position limit ${maxPassages}`);
  const order = hashesOf(files);
  return withinBudget(found)
    .toSorted((a, b) => order.indexOf(a.sha256) - order.indexOf(b.sha256) || a.position - b.position)
    .map((passage) => ({
      name: `${files.find(({ sha256 }) => sha256 === passage.sha256)?.name ?? ''}, passage ${passage.position + 1}`,
      text: passage.text,
    }));
}

function withinBudget<P extends { text: string }>(passages: readonly P[]): P[] {
  let left = passageTokens;
  return passages.filter(({ text }) => {
    const tokens = estimateTokens(text);
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
}
