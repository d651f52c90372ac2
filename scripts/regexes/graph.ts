import { CharSet } from 'refa';
import type { Automaton } from './automaton.ts';
import type { Link } from './gap.ts';

/** An automaton over kinds of characters: no part of the expression tells the characters of a kind apart. */
export interface Graph {
  /** One character of each kind. */
  kinds: readonly number[];
  /** Whether a position matches characters of a kind. */
  matches(position: number, kind: number): boolean;
  /** Where a character of `kind` leads from a position after one of kind `before`; twice where two ways lead there. */
  next(position: number, before: number, kind: number): readonly number[];
}

export function graphOf({ characters, links }: Automaton): Graph {
  const sets = [...characters, ...links.flatMap(({ before, after }) => [before, after])];
  const kinds = kindsOf(sets);
  const isIn = remember((set: CharSet) => kinds.map((character) => set.has(character)));
  const leaving = Map.groupBy(links, ({ from }) => from);
  const leads = (link: Link, before: number, kind: number) =>
    isIn(link.before)[before] && isIn(link.after)[kind] && isIn(characters[link.to] ?? link.after)[kind];
  const known = new Map<number, number[]>();
  return {
    kinds,
    matches: (position, kind) => isIn(characters[position] ?? noCharacter)[kind] ?? false,
    next(position, before, kind) {
      const key = (position * kinds.length + before) * kinds.length + kind;
      const found = known.get(key);
      if (found) return found;
      const all = (leaving.get(position) ?? []).filter((link) => leads(link, before, kind)).map(({ to }) => to);
      known.set(key, all);
      return all;
    },
  };
}

const noCharacter = CharSet.empty(0x10_ffff);

/** A character of each class into which the sets divide all characters, readable ones where there is a choice. */
function kindsOf(sets: readonly CharSet[]): number[] {
  const different = new Map(sets.map((set) => [set.toString(), set])).values();
  let parts: CharSet[] = [];
  for (const set of different) {
    if (parts.length === 0) parts = [CharSet.all(set.maximum)];
    parts = parts.flatMap((part) => [part.intersect(set), part.without(set)]).filter((part) => !part.isEmpty);
  }
  return parts.map((part) => {
    const readable = [...'a1 .-x\n'].map((character) => character.codePointAt(0) ?? 0);
    return readable.find((character) => part.has(character)) ?? part.ranges[0]?.min ?? 0;
  });
}

function remember<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
