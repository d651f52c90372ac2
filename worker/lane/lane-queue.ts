import { priorities, type Priority } from '#lib/core/schema/definition.ts';

/** A call that waits for its turn. */
export interface Entry {
  priority: Priority;
  /** Calls of one key take turns with those of others: the document. */
  key: string;
  start(): void;
  refuse(reason: Error): void;
}

export interface LaneQueue {
  add(entry: Entry): void;
  /** Takes the next out: of the highest priority, the key whose turn it is, its oldest. */
  next(): Entry | undefined;
  remove(entry: Entry): void;
  /** Takes all out. */
  clear(): Entry[];
  /** Gives all that a key has waiting another priority. */
  move(key: string, priority: Priority): void;
  size(): number;
}

type Rotation = Map<string, Entry[]>;

/** Waiting calls in order of priority; inside one, the keys take turns, so that a long document holds none up. */
export function openLaneQueue(): LaneQueue {
  const rotations: Record<Priority, Rotation> = {
    high: new Map(),
    normal: new Map(),
    low: new Map(),
  };
  let size = 0;

  const add = (entry: Entry) => {
    const waiting = rotations[entry.priority].get(entry.key);
    if (waiting) waiting.push(entry);
    else rotations[entry.priority].set(entry.key, [entry]);
    size += 1;
  };
  const take = (rotation: Rotation): Entry | undefined => {
    const [turn] = rotation;
    if (!turn) return undefined;
    const [key, waiting] = turn;
    const entry = waiting.shift();
    // Put last again: a Map keeps the order of insertion.
    rotation.delete(key);
    if (waiting.length > 0) rotation.set(key, waiting);
    size -= 1;
    return entry;
  };
  const takeKey = (rotation: Rotation, key: string): Entry[] => {
    const waiting = rotation.get(key) ?? [];
    rotation.delete(key);
    size -= waiting.length;
    return waiting;
  };

  return {
    add,
    next() {
      const rotation = priorities.map((priority) => rotations[priority]).find((one) => one.size > 0);
      return rotation && take(rotation);
    },
    remove(entry) {
      for (const other of takeKey(rotations[entry.priority], entry.key)) if (other !== entry) add(other);
    },
    clear() {
      return priorities.flatMap((priority) =>
        [...rotations[priority].keys()].flatMap((key) => takeKey(rotations[priority], key)),
      );
    },
    move(key, priority) {
      const moved = priorities.flatMap((from) => takeKey(rotations[from], key));
      for (const entry of moved) {
        entry.priority = priority;
        add(entry);
      }
    },
    size: () => size,
  };
}
