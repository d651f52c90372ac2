import { DocumentError } from '#lib/core/failures.ts';

interface Identified {
  definition: object;
}

const seen = new WeakSet<object>();
const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Tasks that do what none should. */
export const tasks = {
  spin(): never {
    for (;;);
  },
  /** Takes time, and no processor. */
  sleep({ ms }: { ms: number }): string {
    Atomics.wait(nothing, 0, 0, ms);
    return 'slept';
  },
  hoard(): never {
    const all: number[][] = [];
    for (;;) all.push(Array.from({ length: 1000 }, Math.random));
  },
  echo: ({ value }: { value: string }): string => value,
  refuse(): never {
    throw new DocumentError('no_text_found');
  },
  fail(): never {
    throw new RangeError('a fault of ours');
  },
  /** Whether this very object was here before, in this thread. */
  isKnown({ definition }: Identified): boolean {
    const isKnown = seen.has(definition);
    seen.add(definition);
    return isKnown;
  },
};
