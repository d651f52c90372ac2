import { LRUCache } from 'lru-cache';
import { hashKey } from '#lib/cache.ts';
import type { Claim } from '#lib/lifecycle/claim.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import type { Compute } from '../compute/compute.ts';

/** Parsed definitions of the versions that documents are read under. */
export interface Definitions {
  /** The same object for the same content: what is derived from it is derived once. */
  of(claim: Pick<Claim, 'documentId' | 'definition'>, signal: AbortSignal): Promise<Definition>;
}

const maxKept = 32;
/** One of 5,000 fields with patterns and rules takes a second. */
const limitMs = 30_000;

export function openDefinitions(compute: Compute): Definitions {
  const parsed = new LRUCache<string, Definition>({ max: maxKept });
  return {
    async of({ documentId, definition: given }, signal) {
      const key = hashKey(JSON.stringify(given));
      const known = parsed.get(key);
      if (known) return known;
      const definition = await compute.run('parseSavedDefinition', { given }, { key: documentId, limitMs, signal });
      const first = parsed.get(key) ?? definition;
      parsed.set(key, first);
      return first;
    },
  };
}
