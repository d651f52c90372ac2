import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getPage } from '#lib/documents/page.ts';
import { parseEnv } from '#lib/env.ts';
import { createSession } from '#lib/sessions/create.ts';
import { openStorage } from '#lib/storage/open.ts';
import { checkHealth } from '#lib/workers/health.ts';
import { spoolText } from '#tests/support/context.ts';
import { type Radosgw, startRadosgw } from '#tests/support/radosgw.ts';
import { storageContract } from '#tests/support/storage-contract.ts';
import { testWorker } from '#tests/support/worker.ts';

// It needs Debian's packages and 15 s to start: `npm run peers -- --yes` installs them and runs this.
describe.runIf(process.env.SLUICE_PEERS)('the storage in radosgw (npm run peers)', () => {
  let server: Radosgw;
  beforeAll(async () => {
    server = await startRadosgw();
    vi.stubEnv('AWS_ACCESS_KEY_ID', server.accessKey);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.secretKey);
    const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'sluice' }));
    client.destroy();
  }, 600_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  const settings = () => ({
    STORAGE_URL: 's3://sluice/some/prefix',
    S3_ENDPOINT: server.endpoint,
    S3_PATH_STYLE: 'true',
  });
  const open = () => openStorage(parseEnv(settings()));
  storageContract((processes) => Array.from({ length: processes }, open));

  it('takes a session from its upload to its pages', async () => {
    const worker = await testWorker(settings());
    const { context } = worker;
    try {
      const files = [await spoolText(context, 'invoice.txt', 'Invoice number: INV-77')];
      const session = await worker.finished(await createSession(context, { files, schema: 'invoice' }));
      expect(session).toMatchObject({ status: 'in_progress', partial: false });
      const page = await getPage(context, { documentId: session.documents[0]?.id ?? '', pageNum: '0' });
      expect(page.text).toContain('INV-77');
      expect((await checkHealth(context)).checks.storage).toBe('ok');
    } finally {
      await worker.close();
    }
  });

  it('settles by itself which of two writers is first', async () => {
    expect(await open().shortcoming()).toBeNull();
  });
});
