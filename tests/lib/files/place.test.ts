import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { files } from '#lib/db/tables/sessions.ts';
import { fileKey, withFiles } from '#lib/files/place.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

/** The context with a storage that notes which operations it was asked for. */
function watched() {
  const asked: string[] = [];
  const storage = new Proxy(context.storage, {
    get(target, name: keyof Storage) {
      asked.push(name);
      return target[name];
    },
  });
  return { asked, context: { ...context, storage } };
}

describe('withFiles', () => {
  it('asks the storage for nothing while it holds locks', async () => {
    const spooled = await Promise.all(
      Array.from({ length: 30 }, (_, index) => spoolText(context, `${index}.txt`, `many ${index}`)),
    );
    const { asked, context: observed } = watched();
    const before = await withFiles(observed, spooled, async () => asked.length);
    expect(before).toBe(spooled.length);
    expect(asked).toHaveLength(before);
    for (const { sha256 } of spooled) expect(await context.storage.exists(fileKey(sha256))).toBe(true);
  });

  it('puts a file again when its row was swept between the upload and the transaction', async () => {
    const file = await spoolText(context, 'gone.txt', 'swept in between');
    let isFirst = true;
    const putFile: Storage['putFile'] = async (key, path) => {
      await context.storage.putFile(key, path);
      if (!isFirst) return;
      isFirst = false;
      await context.storage.deleteAll(key);
      await context.db.delete(files).where(eq(files.sha256, file.sha256));
    };
    const swept = { ...context, storage: { ...context.storage, putFile } };
    const isThere = await withFiles(swept, [file], () => context.storage.exists(fileKey(file.sha256)));
    expect(isThere).toBe(true);
  });

  it('writes nothing when the file cannot be put', async () => {
    const file = await spoolText(context, 'refused.txt', 'refused');
    const putFile = () => Promise.reject(new Error('no'));
    const failing = { ...context, storage: { ...context.storage, putFile } };
    let writes = 0;
    await expect(withFiles(failing, [file], async () => ++writes)).rejects.toThrow('no');
    expect(writes).toBe(0);
  });
});
