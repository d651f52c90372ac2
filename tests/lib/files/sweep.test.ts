import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from '#lib/db/tables/sessions.ts';
import { artifactKey, artifactKinds, type ArtifactOwner } from '#lib/artifact-keys.ts';
import { fileKey, placeFiles, withFiles } from '#lib/files/place.ts';
import { forgetFile, sweepFiles } from '#lib/files/sweep.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { spoolText, testContext, type TestContext, until } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const age = (sha256: string) =>
  context.db
    .update(files)
    .set({ touchedAt: sql`now() - interval '2 days'` })
    .where(eq(files.sha256, sha256));

/** Puts something under each kind of artifact of a file, as it would be kept now. Gives the keys. */
async function putArtifacts(sha256: string): Promise<string[]> {
  const keys = artifactKinds.map((kind) => artifactKey(kind, { sha256, cacheEpoch: null }, 'from-before', 'a.json'));
  const owner = await ownerOf(sha256);
  keys.push(...artifactKinds.map((kind) => artifactKey(kind, owner, 'hash', 'a.json')));
  for (const key of keys) await context.storage.put(key, new Uint8Array([1]));
  return keys;
}

async function ownerOf(sha256: string): Promise<ArtifactOwner> {
  const [row] = await context.db.select().from(files).where(eq(files.sha256, sha256));
  return { sha256, cacheEpoch: row?.cacheEpoch ?? null };
}

async function present(keys: readonly string[]): Promise<string[]> {
  const found = await Promise.all(keys.map((key) => context.storage.exists(key)));
  return keys.filter((_, index) => found[index]);
}

describe('sweepFiles', () => {
  it('deletes an old file that nothing refers to, with what was remembered of it', async () => {
    const file = await spoolText(context, 'a.txt', 'orphan');
    await placeFiles(context, [file]);
    const artifacts = await putArtifacts(file.sha256);
    await age(file.sha256);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(false);
    expect(await present(artifacts)).toEqual([]);
  });

  it('keeps a young file and one that a document refers to', async () => {
    const young = await spoolText(context, 'b.txt', 'young');
    await placeFiles(context, [young]);
    const used = await spoolText(context, 'c.txt', 'used');
    const id = await createSession(context, { files: [used], schema: 'invoice' });
    await age(used.sha256);
    expect(await sweepFiles(context)).toBe(0);
    await deleteSession(context, id);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(young.sha256))).toBe(true);
  });

  it('forgets what was remembered of the files of a deleted session, unless another document has the same file', async () => {
    const own = await spoolText(context, 'own.txt', 'only here');
    const shared = await spoolText(context, 'shared.txt', 'here and there');
    const id = await createSession(context, { files: [own, shared], schema: 'invoice' });
    const other = await createSession(context, {
      files: [await spoolText(context, 'other.txt', 'here and there')],
      schema: 'invoice',
    });
    const ofOwn = await putArtifacts(own.sha256);
    const ofShared = await putArtifacts(shared.sha256);
    await deleteSession(context, id);
    expect(await present([...ofOwn, ...ofShared])).toEqual(ofShared);
    await deleteSession(context, other);
    expect(await present(ofShared)).toEqual([]);
  });

  it('deletes a session also while the storage is away, and leaves the rest to the sweeper', async () => {
    const file = await spoolText(context, 'away.txt', 'storage away');
    const id = await createSession(context, { files: [file], schema: 'invoice' });
    const deleteAll = () => Promise.reject(new StorageUnavailable('away'));
    await deleteSession({ ...context, storage: { ...context.storage, deleteAll } }, id);
    await expect(getSession(context, id)).rejects.toMatchObject({ status: 404 });
    await age(file.sha256);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(false);
  });

  it('passes over a file that an upload has locked, and the upload keeps it', async () => {
    const file = await spoolText(context, 'd.txt', 'contested');
    await placeFiles(context, [file]);
    await age(file.sha256);
    await withFiles(context, [file], async () => {
      await context.db.execute(sql`select 1`);
      expect(await sweepFiles(context)).toBe(0);
    });
    expect(await sweepFiles(context)).toBe(0);
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(true);
  });

  it('puts a file back when the sweeper was faster than the upload', async () => {
    const file = await spoolText(context, 'e.txt', 'swept away');
    await placeFiles(context, [file]);
    await age(file.sha256);
    expect(await sweepFiles(context)).toBe(1);
    await withFiles(context, [file], async () => {});
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(true);
  });
});

describe('forgetFile', () => {
  it('keeps the artifacts of a file that an upload was just writing down when it began', async () => {
    const file = await spoolText(context, 'f.txt', 'forgotten while it is uploaded');
    await placeFiles(context, [file]);
    const artifacts = await putArtifacts(file.sha256);
    const isWriting = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const enqueue: typeof context.queue.enqueue = async (tx, jobs) => {
      isWriting.resolve();
      await mayCommit.promise;
      return context.queue.enqueue(tx, jobs);
    };
    const slow = { ...context, queue: { ...context.queue, enqueue } };
    const uploading = createSession(slow, { files: [file], schema: 'invoice' });
    await isWriting.promise;
    const forgetting = forgetFile(context, file.sha256);
    await until(
      () =>
        context.db.execute(sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%files%'`),
      ({ rows }) => rows.length > 0,
    );
    mayCommit.resolve();
    await Promise.all([uploading, forgetting]);
    expect(await present(artifacts)).toEqual(artifacts);
  });

  it('deletes nothing that is made after it began, however late its deletions come', async () => {
    const file = await spoolText(context, 'g.txt', 'forgotten slowly');
    await placeFiles(context, [file]);
    const before = await putArtifacts(file.sha256);
    const isDeleting = Promise.withResolvers<void>();
    const mayDelete = Promise.withResolvers<void>();
    const deleteAll: typeof context.storage.deleteAll = async (key, options) => {
      isDeleting.resolve();
      await mayDelete.promise;
      return context.storage.deleteAll(key, options);
    };
    const forgetting = forgetFile({ ...context, storage: { ...context.storage, deleteAll } }, file.sha256);
    await isDeleting.promise;
    const owner = await ownerOf(file.sha256);
    const after = artifactKey('ocr_cache', owner, 'hash', 'a.json');
    expect(before).not.toContain(after);
    await context.storage.put(after, new Uint8Array([1]));
    mayDelete.resolve();
    await forgetting;
    expect(await present([...before, after])).toEqual([after]);
  });
});
