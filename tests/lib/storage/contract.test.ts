import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { exclusiveInDatabase } from '#lib/db/exclusive.ts';
import { parseEnv } from '#lib/env.ts';
import { checkStorage } from '#lib/storage/check.ts';
import { openStorage } from '#lib/storage/open.ts';
import { type Storage, StorageUnavailable } from '#lib/storage/storage.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';
import { storageContract } from '#tests/support/storage-contract.ts';

let dir: string;
let server: S3Server;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-storage-'));
  server = await startS3Server();
  for (const [name, value] of Object.entries(server.settings)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(dir, { recursive: true });
});

const inFolder = () => openStorage(parseEnv({ STORAGE_URL: `file:${dir}/objects` }));
const inS3 = () => openStorage(parseEnv(s3Settings()));
function s3Settings() {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...settings } = server.settings;
  return settings;
}
const several = (open: () => Storage) => (processes: number) => Array.from({ length: processes }, open);

describe('the storage in a folder', () => {
  storageContract(several(inFolder));
});
describe('the storage in S3', () => {
  storageContract(several(inS3));
});

describe.each(['ignored', 'refused'] as const)('the storage in an S3 server where conditions are %s', (conditions) => {
  let context: TestContext;
  beforeAll(async () => {
    context = await testContext();
    server.conditions = conditions;
    server.objects.clear();
  });
  afterAll(async () => {
    server.conditions = 'honoured';
    await context.close();
  });

  const open = () => openStorage(parseEnv(s3Settings()), exclusiveInDatabase(context.db));
  storageContract(several(open));

  it('says so', async () => {
    expect(await open().shortcoming()).toMatch(/does not honour If-None-Match/);
  });
});

describe('a conditional write to S3', () => {
  beforeEach(() => server.objects.clear());
  const put = (storage: Storage) => storage.putIfAbsent('x', new Uint8Array([1]));

  it('that meets another one under way is tried again, and lost once there is an object', async () => {
    const storage = inS3();
    expect(await storage.shortcoming()).toBeNull();
    server.conflicts = 2;
    expect(await put(storage)).toBe(true);
    server.conflicts = 1;
    expect(await put(storage)).toBe(false);
    expect(server.conflicts).toBe(0);
  });

  it('is found out about again when the server could not be reached', async () => {
    const storage = inS3();
    server.failWith = 403;
    await expect(put(storage)).rejects.toThrow(StorageUnavailable);
    server.failWith = null;
    expect(await put(storage)).toBe(true);
    expect(await put(storage)).toBe(false);
  });
});

describe.each(['folder', 's3'])('the storage in %s', (kind) => {
  afterEach(() => {
    server.failWith = null;
  });

  it('says that it is unavailable, with the cause, when it does not do what it is asked', async () => {
    await writeFile(join(dir, 'blocked'), '');
    const broken = kind === 's3' ? inS3() : openStorage(parseEnv({ STORAGE_URL: `file:${dir}/blocked` }));
    if (kind === 's3') server.failWith = 403;
    const asked = [
      () => broken.get('x'),
      () => broken.put('x', new Uint8Array([1])),
      () => broken.putIfAbsent('x', new Uint8Array([1])),
      () => broken.putFile('x', join(dir, 'blocked')),
      () => broken.exists('x'),
      () => broken.download('x', join(dir, 'copy')),
      () => checkStorage(broken),
    ];
    for (const ask of asked) {
      const error: unknown = await ask().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(StorageUnavailable);
      expect(error).toHaveProperty('cause', expect.any(Error));
    }
  });
});

describe('checkStorage', () => {
  it('finds a storage that answers and does not keep, or does not delete', async () => {
    const storage = inFolder();
    await expect(checkStorage({ ...storage, get: async () => null })).rejects.toThrow(
      /does not return what was written/,
    );
    await expect(checkStorage({ ...storage, deleteAll: async () => {} })).rejects.toThrow(/does not delete/);
  });
});
