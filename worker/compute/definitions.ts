import type { DefinitionRef } from './protocol.ts';

/** More definitions than documents are worked on at a time by most workers. */
const maxHeld = 16;

const ids = new WeakMap<object, number>();
let lastId = 0;

/** Knows which definitions one thread has. */
export interface HeldDefinitions {
  /** What to send for the thread to work with this definition. */
  refTo(definition: object): DefinitionRef;
}

/** What the thread was sent last is kept longest. */
export function trackDefinitions(): HeldDefinitions {
  const held = new Set<number>();
  return {
    refTo(definition) {
      const id = idOf(definition);
      const isHeld = held.delete(id);
      held.add(id);
      if (isHeld) return { id };
      const [oldest] = held;
      if (held.size <= maxHeld || oldest === undefined) return { id, content: definition };
      held.delete(oldest);
      return { id, content: definition, forget: oldest };
    },
  };
}

function idOf(definition: object): number {
  const known = ids.get(definition);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(definition, lastId);
  return lastId;
}
