import { setTimeout as sleep } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';
import type { Exclusive } from './exclusive.ts';
import { probeKey } from './probe-key.ts';

/** The requests that writing once is made of. Keys are those of the storage. */
export interface S3Requests {
  put(key: string, content: Uint8Array, options?: { ifNoneMatch: '*' }): Promise<unknown>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<unknown>;
}

/** Writes objects of which only the first is kept. */
export interface PutOnce {
  /** Gives whether it was first. */
  put(key: string, content: Uint8Array): Promise<boolean>;
  /** Whether the server settles who is first (`If-None-Match: *`). Found out on first use. */
  isConditional(): Promise<boolean>;
}

const conflictTries = 5;
const conflictPauseMs = 50;
/** So many that write at once find out whether a server settles it, or only looks before it writes. */
const probeWriters = 8;

/** Not every server knows conditional writes: some refuse them, and some take them and let everybody win. */
export function openPutOnce(requests: S3Requests, exclusive: Exclusive): PutOnce {
  let probing: Promise<boolean> | null = null;
  const isConditional = () => {
    probing ??= probe(requests).catch((error: unknown) => {
      // The server could not be reached: whoever comes next tries again.
      probing = null;
      throw error;
    });
    return probing;
  };
  return {
    isConditional,
    async put(key, content) {
      if (await isConditional()) return putConditionally(requests, key, content);
      return exclusive(key, async () => {
        if (await requests.exists(key)) return false;
        await requests.put(key, content);
        return true;
      });
    },
  };
}

async function putConditionally(requests: S3Requests, key: string, content: Uint8Array): Promise<boolean> {
  for (let left = conflictTries; ; left--) {
    try {
      await requests.put(key, content, { ifNoneMatch: '*' });
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status === 412) return false;
      if (status !== 409) throw error;
      // Another write of the same key was in progress. Nearly always it has won; it may also have failed.
      if (await requests.exists(key)) return false;
      if (left === 0) throw error;
      await sleep(conflictPauseMs);
    }
  }
}

/** Lets several write one key at once: on a server that settles it, exactly one of them wins. */
async function probe(requests: S3Requests): Promise<boolean> {
  const key = probeKey();
  try {
    const writers = Array.from({ length: probeWriters }, (_, writer) =>
      putConditionally(requests, key, Buffer.from([writer])),
    );
    const outcomes = await Promise.allSettled(writers);
    const refusal = outcomes.find((outcome) => outcome.status === 'rejected');
    if (!refusal) return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length === 1;
    if (!unsupported.has(statusOf(refusal.reason))) throw refusal.reason;
    // It was the header, when it takes the same without.
    await requests.put(key, Buffer.from('none'));
    return false;
  } finally {
    await requests.remove(key);
  }
}

/** `NotImplemented`, or a server that takes the header for a mistake. */
const unsupported: ReadonlySet<number | undefined> = new Set([400, 501]);

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
