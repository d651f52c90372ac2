import type { Compute } from '../compute/compute.ts';
import { pageLimitMs } from '../compute/limits.ts';
import type { Engine } from './engine.ts';
import { readerVersion } from './builtin/engine.ts';

const free = { model: null, tokensIn: 0, tokensCached: 0, tokensOut: 0, costUsd: 0 };

/**
 * Reads values by labels and layout: no AI, no key, the same result every time, milliseconds a page. It runs on the compute
 * threads, where `key` takes turns with others.
 */
export function builtinEngine(compute: Pick<Compute, 'run'>, key: string): Engine {
  return {
    name: 'builtin',
    needs: { knowledge: false, pageImages: false, examples: false, secondOpinion: false },
    fingerprint: ({ definition, accountNumber, recalled }) =>
      JSON.stringify([
        ...(recalled ? [recalled] : []),
        readerVersion,
        definition.locale,
        definition.fields,
        definition.split?.by ? accountNumber : null,
      ]),
    async read({ definition, page, accountNumber, recalled }, signal) {
      const task = { definition, page, accountNumber, recalled: recalled ?? null };
      return { reading: await compute.run('readPage', task, { key, limitMs: pageLimitMs, signal }), cost: free };
    },
  };
}
