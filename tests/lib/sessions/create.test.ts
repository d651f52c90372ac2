import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idempotencyKeys } from '#lib/db/tables/installation.ts';
import { documents, files, sessions } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { fileKey } from '#lib/files/place.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { createSession, createSessions } from '#lib/sessions/create.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { sweepIdempotencyKeys } from '#lib/sessions/sweep-keys.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const countJobs = async () => {
  const {
    rows: [row],
  } = await context.db.execute<{ jobs: number }>(
    sql`select count(*)::int as jobs from pgboss.job where name = 'documents'`,
  );
  return row?.jobs ?? 0;
};

describe('createSession', () => {
  it('writes the session, its documents and one job for each', async () => {
    const before = await countJobs();
    const spooled = [await spoolText(context, 'a.txt', 'Total: 12'), await spoolText(context, 'b.txt', 'Total: 13')];
    const id = await createSession(context, { files: spooled, schema: 'invoice' });
    const rows = await context.db
      .select()
      .from(documents)
      .where(eq(documents.sessionId, id))
      .orderBy(documents.position);
    expect(rows.map((row) => [row.name, row.status, row.position])).toEqual([
      ['a.txt', 'queued', 0],
      ['b.txt', 'queued', 1],
    ]);
    expect(rows.every((row) => row.jobId)).toBe(true);
    expect(await countJobs()).toBe(before + 2);
    expect(await context.storage.exists(fileKey(spooled[0]?.sha256 ?? ''))).toBe(true);
  });

  it('leaves no session and no job when the transaction fails', async () => {
    const jobs = await countJobs();
    const count = await context.db.$count(sessions);
    const file = await spoolText(context, 'c.txt', 'something else');
    const failing: TestContext = {
      ...context,
      queue: {
        ...context.queue,
        async enqueue(tx, wanted) {
          await context.queue.enqueue(tx, wanted);
          throw new Error('the connection broke');
        },
      },
    };
    await expect(createSession(failing, { files: [file], schema: 'invoice' })).rejects.toThrow('the connection broke');
    expect(await countJobs()).toBe(jobs);
    expect(await context.db.$count(sessions)).toBe(count);
  });

  it('refuses an unknown schema before anything is stored', async () => {
    const count = await context.db.$count(files);
    const file = await spoolText(context, 'd.txt', 'never stored');
    await expect(createSession(context, { files: [file], schema: 'nope' })).rejects.toThrow(RequestError);
    expect(await context.db.$count(files)).toBe(count);
  });

  it('gives the first session again for the same Idempotency-Key, and refuses another body under it', async () => {
    const file = await spoolText(context, 'e.txt', 'once');
    const input = { files: [file], schema: 'invoice', idempotencyKey: 'key-1' };
    const first = await createSession(context, input);
    expect(await createSession(context, input)).toBe(first);
    const other = await spoolText(context, 'f.txt', 'twice');
    await expect(createSession(context, { ...input, files: [other] })).rejects.toMatchObject({ status: 422 });
  });

  it('lets one of two requests with one Idempotency-Key win, and gives both its session', async () => {
    const file = await spoolText(context, 'g.txt', 'raced');
    const input = { files: [file], schema: 'invoice', idempotencyKey: 'key-2' };
    const ids = await Promise.all(Array.from({ length: 5 }, () => createSession(context, input)));
    expect(new Set(ids).size).toBe(1);
  });

  it('keeps equal files once', async () => {
    const [one, two] = [
      await spoolText(context, 'same-1.txt', 'equal bytes'),
      await spoolText(context, 'same-2.txt', 'equal bytes'),
    ];
    await createSession(context, { files: [one, two], schema: 'invoice' });
    expect(await context.db.$count(files, eq(files.sha256, one.sha256))).toBe(1);
  });
});

describe('a session for each file', () => {
  const three = () => Promise.all(['one', 'two', 'three'].map((name) => spoolText(context, `${name}.txt`, name)));

  it('is started for all files or for none, each with its name and its job', async () => {
    const jobs = await countJobs();
    const { ids, isPerFile } = await createSessions(context, {
      files: await three(),
      schema: 'invoice',
      name: 'March',
      sessions: 'per_file',
    });
    expect(isPerFile).toBe(true);
    const rows = await context.db.select().from(sessions).where(inArray(sessions.id, ids)).orderBy(sessions.id);
    expect(rows.map(({ name, documentsTotal }) => [name, documentsTotal])).toEqual([
      ['one.txt', 1],
      ['two.txt', 1],
      ['three.txt', 1],
    ]);
    expect(await countJobs()).toBe(jobs + 3);
  });

  it('is what a schema may say, and an upload may say otherwise', async () => {
    const fields = { type: 'object', properties: { Total: { type: 'number' } } };
    await putSchema(context, { slug: 'slips', definition: { name: 'Slips', sessions: 'per_file', fields } });
    const input = { schema: 'slips' };
    expect((await createSessions(context, { ...input, files: await three() })).ids).toHaveLength(3);
    const together = { ...input, sessions: 'together' as const };
    expect((await createSessions(context, { ...together, files: await three() })).ids).toHaveLength(1);
  });

  it('is given again for the same Idempotency-Key, but for those that were deleted', async () => {
    const input = { schema: 'invoice', sessions: 'per_file' as const, idempotencyKey: 'per-file-1' };
    const { ids } = await createSessions(context, { ...input, files: await three() });
    expect(await createSessions(context, { ...input, files: await three() })).toEqual({ ids, isPerFile: true });
    await deleteSession(context, ids[1] ?? '');
    expect((await createSessions(context, { ...input, files: await three() })).ids).toEqual([ids[0], ids[2]]);
    const other = { ...input, sessions: 'together' as const, files: await three() };
    await expect(createSessions(context, other)).rejects.toMatchObject({ status: 422 });
  });
});

describe('sweepIdempotencyKeys', () => {
  it('deletes the keys that are no longer honoured, however many, and no others', async () => {
    await context.db.delete(idempotencyKeys);
    const file = await spoolText(context, 'h.txt', 'keyed');
    const sessionId = await createSession(context, { files: [file], schema: 'invoice', idempotencyKey: 'young' });
    await context.db.execute(sql`
      insert into idempotency_keys (key, body_hash, session_id, created_at)
      select 'old ' || n, '', ${sessionId}, now() - interval '24 hours 1 minute' from generate_series(1, 10001) n`);
    expect(await sweepIdempotencyKeys(context.db)).toBe(10_001);
    expect((await context.db.select().from(idempotencyKeys)).map(({ key }) => key)).toEqual(['young']);
  });
});
