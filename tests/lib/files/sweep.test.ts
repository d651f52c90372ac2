import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from '#lib/db/tables.ts';
import { claimFiles, fileKey, placeFiles } from '#lib/files/place.ts';
import { sweepFiles } from '#lib/files/sweep.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { removeSession } from '#lib/sessions/remove.ts';
import { StorageUnavailable } from '#lib/storage/storage.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

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

describe('sweepFiles', () => {
  it('deletes an old file that nothing refers to, with what was remembered of it', async () => {
    const file = await spoolText(context, 'a.txt', 'orphan');
    await placeFiles(context, [file]);
    await context.storage.put(`ocr_cache/${file.sha256}/k/page_0.json`, new Uint8Array([1]));
    await age(file.sha256);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(false);
    expect(await context.storage.exists(`ocr_cache/${file.sha256}/k/page_0.json`)).toBe(false);
  });

  it('keeps a young file and one that a document refers to', async () => {
    const young = await spoolText(context, 'b.txt', 'young');
    await placeFiles(context, [young]);
    const used = await spoolText(context, 'c.txt', 'used');
    const id = await createSession(context, { files: [used], schema: 'invoice' });
    await age(used.sha256);
    expect(await sweepFiles(context)).toBe(0);
    await removeSession(context, id);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(young.sha256))).toBe(true);
  });

  it('forgets what was remembered of the files of a deleted session, unless another document has the same file', async () => {
    const own = await spoolText(context, 'own.txt', 'only here');
    const shared = await spoolText(context, 'shared.txt', 'here and there');
    const remembered = [own, shared].flatMap(({ sha256 }) =>
      ['ocr_cache', 'page_data', 'page_images'].map((prefix) => `${prefix}/${sha256}/k/page_0.json`),
    );
    const left = async () => {
      const found = await Promise.all(remembered.map((key) => context.storage.exists(key)));
      return remembered.filter((_, index) => found[index]);
    };
    const id = await createSession(context, { files: [own, shared], schema: 'invoice' });
    const other = await createSession(context, {
      files: [await spoolText(context, 'other.txt', 'here and there')],
      schema: 'invoice',
    });
    for (const key of remembered) await context.storage.put(key, new Uint8Array([1]));
    await removeSession(context, id);
    expect(await left()).toEqual(remembered.filter((key) => key.includes(shared.sha256)));
    await removeSession(context, other);
    expect(await left()).toEqual([]);
  });

  it('deletes a session also while the storage is away, and leaves the rest to the sweeper', async () => {
    const file = await spoolText(context, 'away.txt', 'storage away');
    const id = await createSession(context, { files: [file], schema: 'invoice' });
    const deleteAll = () => Promise.reject(new StorageUnavailable('away'));
    await removeSession({ ...context, storage: { ...context.storage, deleteAll } }, id);
    await expect(getSession(context.db, id)).rejects.toMatchObject({ status: 404 });
    await age(file.sha256);
    expect(await sweepFiles(context)).toBe(1);
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(false);
  });

  it('passes over a file that an upload has locked, and the upload keeps it', async () => {
    const file = await spoolText(context, 'd.txt', 'contested');
    await placeFiles(context, [file]);
    await age(file.sha256);
    await context.db.transaction(async (tx) => {
      await claimFiles(tx, context, [file]);
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
    await context.db.transaction((tx) => claimFiles(tx, context, [file]));
    expect(await context.storage.exists(fileKey(file.sha256))).toBe(true);
  });
});
