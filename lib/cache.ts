import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { Logger } from '#lib/log.ts';
import type { Storage } from '#lib/storage/storage.ts';

/** What is read or computed once and found ever after. The one place where results are kept and found. */
export interface Cache {
  /** null when nothing is kept under the key, or when what is kept is damaged. */
  find<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S> | null>;
  /** Like `find`, but only what is in storage now counts: memory saves the transfer, not the question. */
  findStored<S extends z.ZodType>(key: string, schema: S): Promise<z.output<S> | null>;
  /**
   * Keeps a result, over one that is damaged. Gives what is kept: where another process was first it is that one's, so
   * that all go on with the same.
   */
  keep<S extends z.ZodType>(key: string, schema: S, value: z.output<S>): Promise<z.output<S>>;
  /**
   * Finds the result under the key, or computes and keeps it. Askers of one key at one time compute it once in a process;
   * of several processes each computes, and all take the result of the first.
   * A computation that throws is not remembered.
   */
  remember<S extends z.ZodType>(
    key: string,
    schema: S,
    compute: () => Promise<z.output<S>>,
  ): Promise<{ value: z.output<S>; cached: boolean }>;
}

/** Stands for a computation that threw. */
const failed = Symbol('failed');

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
  const underWay = new Map<string, Promise<unknown>>();

  const find: Cache['find'] = async (key, schema) => {
    const bytes = memory.get(key) ?? (await storage.get(key));
    if (!bytes) return null;
    const parsed = schema.safeParse(parseJson(bytes));
    if (!parsed.success) {
      log.warn({ key }, 'a remembered result is damaged and will be recomputed');
      memory.delete(key);
      return null;
    }
    memory.set(key, bytes);
    return parsed.data;
  };

  const findStored: Cache['findStored'] = async (key, schema) => {
    if (memory.has(key) && !(await storage.exists(key))) memory.delete(key);
    return find(key, schema);
  };

  const keep: Cache['keep'] = async (key, schema, value) => {
    const bytes = Buffer.from(JSON.stringify(value));
    if (!(await storage.putIfAbsent(key, bytes))) {
      // What is in storage counts, not what this process remembers of it.
      memory.delete(key);
      const first = await find(key, schema);
      if (first !== null) return first;
      await storage.put(key, bytes);
    }
    memory.set(key, bytes);
    return value;
  };

  const findOrCompute: Cache['remember'] = async (key, schema, compute) => {
    const found = await find(key, schema);
    if (found !== null) return { value: found, cached: true };
    return { value: await keep(key, schema, await compute()), cached: false };
  };

  return {
    find,
    findStored,
    keep,
    async remember(key, schema, compute) {
      for (let other = underWay.get(key); other; other = underWay.get(key)) {
        const value = await other;
        if (value !== failed) return { value: schema.parse(value), cached: true };
      }
      const work = findOrCompute(key, schema, compute);
      // Whoever waits for it makes an own try when it fails: it may have been stopped for a reason of its asker.
      const shared = work.then(
        ({ value }) => value,
        () => failed,
      );
      underWay.set(key, shared);
      try {
        return await work;
      } finally {
        underWay.delete(key);
      }
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
