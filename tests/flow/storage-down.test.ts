import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documents, sessions } from '#lib/db/tables/sessions.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';
import { startWorker, type Worker } from '#worker/worker.ts';

describe.each(['file', 's3'])('while the storage in %s is down', (kind) => {
  let server: S3Server;
  let context: TestContext;
  let worker: Worker;
  beforeAll(async () => {
    server = await startS3Server();
    for (const [name, value] of Object.entries(server.settings)) vi.stubEnv(name, value);
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...s3 } = server.settings;
    context = await testContext(kind === 's3' ? s3 : {});
  });
  afterAll(async () => {
    await worker.stop(0);
    await context.close();
    await server.close();
    vi.unstubAllEnvs();
  });

  const folder = () => join(context.env.DATA_DIR, 'storage');
  async function breakDown() {
    if (kind === 's3') return void (server.failWith = 503);
    await rename(folder(), `${folder()}.away`);
    await writeFile(folder(), '');
  }
  async function mend() {
    if (kind === 's3') return void (server.failWith = null);
    await rename(folder(), `${folder()}.wrong`);
    await rename(`${folder()}.away`, folder());
  }
  const upload = async () =>
    createSession(context, {
      files: [await spoolText(context, 'invoice.txt', `Invoice number: INV-77\nOur mark: ${newId()}\n`)],
      schema: 'invoice',
    });

  it('an upload is refused without a row, documents wait and say so, and go on by themselves', async () => {
    const id = await upload();
    await breakDown();
    const before = await context.db.$count(sessions);
    await expect(upload()).rejects.toThrow(StorageUnavailable);
    expect([await context.db.$count(sessions), await context.db.$count(documents)]).toEqual([before, before]);

    worker = await startWorker(context, () => {});
    const waiting = await until(
      () => getSession(context, id),
      (session) => session.waiting !== null,
    );
    expect(waiting).toMatchObject({
      status: 'processing',
      waiting: { reason: 'The file storage cannot be reached' },
      documents: [{ waiting: { reason: 'The file storage cannot be reached' } }],
    });

    await mend();
    // Its time has come.
    await context.db.execute(sql`update pgboss.job set start_after = now() where state = 'created'`);
    const session = await until(
      () => getSession(context, id),
      ({ status }) => status !== 'processing',
    );
    expect(session).toMatchObject({ status: 'in_progress', partial: false, waiting: null });
    expect((await getResults(context, { sessionId: id })).accounts[0]?.data).toMatchObject({
      Invoice_Number: 'INV-77',
    });
    await upload();
  });
});
