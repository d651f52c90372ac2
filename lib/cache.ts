import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { Logger } from '#lib/log.ts';
import type { Storage } from '#lib/storage/storage.ts';

/** What is read or computed once and found ever after. The one place where results are kept and found. */
export interface Cache {
  /** null when nothing is kept under the key, or when what is kept is damaged. */
  find<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S> | null>;
  keep(key: string, value: unknown): Promise<void>;
  /**
   * Finds the result under the key, or computes and keeps it. Askers of one key at one time compute it once.
   * A computation that throws is not remembered.
   */
  remember<S extends z.ZodType>(
    key: string,
    schema: S,
    compute: () => Promise<z.output<S>>,
  ): Promise<{ value: z.output<S>; cached: boolean }>;
}

const memoryBytes = 64 * 1024 * 1024;

/** A short name for all that a result depends on. Equal parts in equal order give an equal name. */
export function hashKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

export function openCache(storage: Storage, log: Logger): Cache {
  const memory = new LRUCache<string, Uint8Array>({
    maxSize: memoryBytes,
    sizeCalculation: (bytes) => bytes.byteLength || 1,
  });
  const computing = new Map<string, Promise<unknown>>();

  const find: Cache['find'] = async (key, schema) => {
    const bytes = memory.get(key) ?? (await storage.get(key));
    if (!bytes) return null;
    const parsed = schema.safeParse(parseJson(bytes));
    if (!parsed.success) {
      log.warn({ key }, 'a remembered result is damaged and will be made again');
      memory.delete(key);
      return null;
    }
    memory.set(key, bytes);
    return parsed.data;
  };

  const keep: Cache['keep'] = async (key, value) => {
    const bytes = Buffer.from(JSON.stringify(value));
    // Over what is there: it is either the same or damaged.
    await storage.put(key, bytes);
    memory.set(key, bytes);
  };

  return {
    find,
    keep,
    async remember(key, schema, compute) {
      const underWay = computing.get(key);
      if (underWay) return { value: schema.parse(await underWay), cached: true };
      const found = await find(key, schema);
      if (found !== null) return { value: found, cached: true };
      const computation = computing.get(key) ?? compute().finally(() => computing.delete(key));
      computing.set(key, computation);
      const value = schema.parse(await computation);
      await keep(key, value);
      return { value, cached: false };
    },
  };
}

/** undefined for anything that is not whole JSON. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
