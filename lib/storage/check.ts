import { probeKey } from './probe-key.ts';
import { type Storage, StorageUnavailable } from './storage.ts';

/**
 * Proves that a store does what documents need: it writes an object, reads it back and deletes it. A server can answer
 * every question about a bucket and still refuse each upload.
 * @throws StorageUnavailable
 */
export async function checkStorage(storage: Storage): Promise<void> {
  const key = probeKey();
  const written = Buffer.from(key);
  await storage.put(key, written);
  const read = await storage.get(key);
  await storage.deleteAll(key);
  if (!read || !written.equals(read)) throw new StorageUnavailable('the storage does not return what was written');
  if (await storage.exists(key)) throw new StorageUnavailable('the storage does not delete');
}
