import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files as fileRows } from '#lib/db/tables/sessions.ts';
import { fileKey } from '#lib/files/place.ts';
import { sweepFiles } from '#lib/files/sweep.ts';
import { addKnowledge } from '#lib/schemas/knowledge/add.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSchema } from '#lib/schemas/get.ts';
import { getPrompt } from '#lib/schemas/prompt-preview.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, type TestContext } from '#tests/support/context.ts';
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts';
import { type TestWorker, testWorker } from '#tests/support/worker.ts';

const definition = { name: 'Claim', fields: { type: 'object', properties: { part: { type: 'string' } } } };
const glossary = 'Glossary\n\nA grommet is a ring that lines a hole.';

let server: ModelServer;
let context: TestContext;
let worker: TestWorker;
beforeAll(async () => {
  server = await startModelServer({ answer: () => ({ answer: { part: { quote: 'grommet', value: 'grommet' } } }) });
  worker = await testWorker({ OPENAI_BASE_URL: server.baseURL, MODEL: 'test-model' });
  context = worker.context;
  await putSchema(context, { slug: 'claim', definition });
});
afterAll(async () => {
  await worker.close();
  await server.close();
});

function upload(parts: Record<string, string | Uint8Array<ArrayBuffer>>): Request {
  const body = new FormData();
  for (const [name, content] of Object.entries(parts)) body.append('files', new File([content], name));
  return new Request('http://127.0.0.1/', { method: 'POST', body });
}

async function extract(text: string): Promise<void> {
  const files = [await spoolText(context, 'claim.txt', text)];
  expect(await worker.finished(await createSession(context, { files, schema: 'claim' }))).toMatchObject({
    status: 'in_progress',
  });
}

const promptOf = (slug: string) =>
  getPrompt(context, { slug, version: undefined, signal: new AbortController().signal });

describe('a reference document', () => {
  it('is read by a worker, listed in the next version, and stands in every prompt from then on', async () => {
    await extract('The part: grommet');
    expect(server.calls.at(-1)?.system).not.toContain('lines a hole');
    const { schema, knowledge } = await addKnowledge(context, {
      slug: 'claim',
      request: upload({ 'glossary.txt': glossary }),
    });
    expect(knowledge).toMatchObject([{ name: 'glossary.txt', type: 'txt', passages: 1 }]);
    expect(schema).toMatchObject({ version: 2, definition: { knowledge: [{ name: 'glossary.txt' }] } });
    const before = server.calls.length;
    await extract('The part: grommet');
    expect(server.calls).toHaveLength(before + 1);
    expect(server.calls.at(-1)?.system).toContain(glossary);
    await extract('The part: grommet');
    expect(server.calls).toHaveLength(before + 1);
  });

  it('is shown in the preview of the prompt, which is what the model gets', async () => {
    const preview = await promptOf('claim');
    expect(preview.system).toBe(server.calls.at(-1)?.system);
    expect(preview.output_schema).toEqual(server.calls.at(-1)?.schema);
    expect(preview).toMatchObject({ version: 2, knowledge: [{ name: 'glossary.txt', use: 'whole' }] });
    expect(preview.tokens.system).toBeGreaterThan(100);
  });

  it('that is too long gives each page the passages that fit it', async () => {
    const sections = Array.from({ length: 120 }, (_, index) => `Part ${index}: ${`widget${index} `.repeat(90)}`);
    await addKnowledge(context, { slug: 'claim', request: upload({ 'catalogue.txt': sections.join('\n\n') }) });
    expect((await promptOf('claim')).knowledge).toMatchObject([{ use: 'whole' }, { use: 'passages' }]);
    await extract('The part: widget77');
    const call = server.calls.at(-1);
    expect(call?.system).not.toContain('widget');
    expect(call?.messages[0]?.content).toContain('Part 77: widget77');
    expect(call?.messages[0]?.content).not.toContain('Part 78:');
  });

  it('that cannot be read is refused by its name, and the schema stays as it was', async () => {
    const { version } = await getSchema(context, { slug: 'claim' });
    const broken = new TextEncoder().encode('%PDF-1.7\nnothing of a PDF follows');
    await expect(addKnowledge(context, { slug: 'claim', request: upload({ 'broken.pdf': broken }) })).rejects.toThrow(
      /^broken\.pdf: /,
    );
    await expect(addKnowledge(context, { slug: 'claim', request: upload({}) })).rejects.toMatchObject({
      code: 'no_files',
    });
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`${index}.txt`, `text ${index}`]));
    await expect(addKnowledge(context, { slug: 'claim', request: upload(many) })).rejects.toMatchObject({
      code: 'too_many_documents',
    });
    await expect(addKnowledge(context, { slug: 'nothing', request: upload({ 'a.txt': 'a' }) })).rejects.toMatchObject({
      code: 'unknown_schema',
    });
    expect((await getSchema(context, { slug: 'claim' })).version).toBe(version);
  });

  it('that was never uploaded is a mistake of the definition', async () => {
    const knowledge = [{ name: 'a.pdf', sha256: 'e'.repeat(64), type: 'pdf' }];
    await expect(putSchema(context, { slug: 'claim', definition: { ...definition, knowledge } })).rejects.toMatchObject(
      {
        problems: [{ path: 'knowledge.0.sha256' }],
      },
    );
  });

  it('is kept as long as any version of a schema lists it, and swept with its text when none does', async () => {
    const { knowledge } = await addKnowledge(context, {
      slug: 'claim',
      request: upload({ 'kept.txt': 'Kept while it is listed' }),
    });
    const [sha256 = ''] = knowledge.map((file) => file.sha256);
    await putSchema(context, { slug: 'claim', definition });
    await context.db.update(fileRows).set({ touchedAt: sql`now() - interval '2 days'` });
    await sweepFiles(context);
    expect(await context.storage.exists(fileKey(sha256))).toBe(true);
    await context.db.execute(sql`update schema_versions set definition = '{"knowledge": null}'::json`);
    await sweepFiles(context);
    expect(await context.storage.exists(fileKey(sha256))).toBe(false);
    expect(await context.db.$count(fileRows, eq(fileRows.sha256, sha256))).toBe(0);
    const {
      rows: [left],
    } = await context.db.execute(sql`select 1 from knowledge_passages where sha256 = ${sha256}`);
    expect(left).toBeUndefined();
  });
});
