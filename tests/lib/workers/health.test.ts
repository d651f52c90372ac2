import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkHealth } from '#lib/workers/health.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';

let server: S3Server;
let context: TestContext;
beforeAll(async () => {
  server = await startS3Server();
  for (const [name, value] of Object.entries(server.settings)) vi.stubEnv(name, value);
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...s3 } = server.settings;
  server.conditions = 'ignored';
  context = await testContext(s3);
});
afterAll(async () => {
  await context.close();
  await server.close();
  vi.unstubAllEnvs();
});
afterEach(() => {
  server.refusesUploads = false;
});

describe('the health of the storage', () => {
  it('is proven by an object that is written, read and deleted, and leaves nothing', async () => {
    const { checks, notes } = await checkHealth(context);
    expect(checks).toMatchObject({ database: 'ok', storage: 'ok' });
    expect(notes).toEqual([expect.stringMatching(/does not honour If-None-Match/)]);
    expect([...server.objects.keys()]).toEqual([]);
  });

  it('is not ok where everything but an upload is answered', async () => {
    server.refusesUploads = true;
    const { healthy, checks } = await checkHealth(context);
    expect(healthy).toBe(false);
    expect(checks.storage).toBe('the storage does not answer');
  });
});
