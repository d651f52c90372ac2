import type { Automaton } from './automaton.ts';
import { type Graph, graphOf } from './graph.ts';

/** How slow matching can get in the length of a text, with a text that, repeated, makes it so. */
export interface Slowness {
  growth: 'exponential' | 'polynomial';
  repeat: string;
}

/**
 * Whether a text can be matched in ever more ways by a match that fails in the end, so that a backtracking engine tries
 * them all. Exponentially many: a position reaches itself in two ways with the same text. Polynomially many: a
 * position reaches itself and another, and that one itself, with the same text (Weber and Seidl: On the degree of
 * ambiguity of finite automata, 1991). What can no longer fail is not tried again, so it does not count.
 */
export function slownessOf(automaton: Automaton): Slowness | null {
  const graph = graphOf(automaton);
  const loops = loopsOf(automaton);
  const failing = loops.filter(({ position }) => position !== automaton.start && !automaton.certain.has(position));
  for (const { position, reach } of failing) {
    const inside = (one: number) => reach.has(one) && !automaton.certain.has(one);
    const repeat = twoWaysRound(graph, position, inside);
    if (repeat !== null) return { growth: 'exponential', repeat };
  }
  for (const from of loops) {
    for (const to of failing) {
      if (from.position === to.position || !from.onward.has(to.position)) continue;
      const inside = (one: number) => to.reach.has(one) && !automaton.certain.has(one);
      const repeat = oneWayOn(graph, from, { position: to.position, inside });
      if (repeat !== null) return { growth: 'polynomial', repeat };
    }
  }
  return null;
}

/** A position that reaches itself: `reach` is what lies on such ways, `onward` all that it reaches. */
interface Loop {
  position: number;
  reach: ReadonlySet<number>;
  onward: ReadonlySet<number>;
}

function loopsOf({ characters, links }: Automaton): Loop[] {
  const onwards = characters.map((_, position) => links.filter(({ from }) => from === position).map(({ to }) => to));
  const reached = characters.map((_, position) => reachable(onwards[position] ?? [], (one) => onwards[one] ?? []));
  return characters.flatMap((_, position) => {
    const onward = reached[position] ?? new Set();
    if (!onward.has(position)) return [];
    return { position, onward, reach: new Set([...onward].filter((one) => reached[one]?.has(position))) };
  });
}

function reachable(from: readonly number[], following: (one: number) => readonly number[]): Set<number> {
  const seen = new Set(from);
  for (const one of seen) for (const other of following(one)) seen.add(other);
  return seen;
}

/** Reads the same text twice, from a position back to it, by two different ways. */
function twoWaysRound(graph: Graph, position: number, inside: (one: number) => boolean): string | null {
  return search<{ one: number; other: number; apart: boolean }>({
    graph,
    start: position,
    from: { one: position, other: position, apart: false },
    keyOf: ({ one, other, apart }) => `${one} ${other} ${apart}`,
    *step({ one, other, apart }, before, kind) {
      const ones = graph.next(one, before, kind).filter(inside);
      const others = graph.next(other, before, kind).filter(inside);
      for (const [a, left] of ones.entries())
        for (const [b, right] of others.entries())
          // From one position, two links to the same next one are two ways as well.
          yield { one: left, other: right, apart: apart || left !== right || (one === other && a !== b) };
    },
    isEnd: ({ one, other, apart }) => apart && one === position && other === position,
  });
}

/** Reads the same text three times: from the first position back to it, from it to the second, and from that back. */
function oneWayOn(graph: Graph, from: Loop, to: { position: number; inside: (one: number) => boolean }): string | null {
  return search<{ stay: number; move: number; end: number }>({
    graph,
    start: to.position,
    from: { stay: from.position, move: from.position, end: to.position },
    keyOf: ({ stay, move, end }) => `${stay} ${move} ${end}`,
    *step({ stay, move, end }, before, kind) {
      const stays = unique(graph.next(stay, before, kind)).filter((one) => from.reach.has(one));
      const ends = unique(graph.next(end, before, kind)).filter(to.inside);
      if (stays.length === 0 || ends.length === 0) return;
      const moves = unique(graph.next(move, before, kind)).filter((one) => from.onward.has(one));
      for (const left of stays)
        for (const middle of moves) for (const right of ends) yield { stay: left, move: middle, end: right };
    },
    isEnd: ({ stay, move, end }) => stay === from.position && move === to.position && end === to.position,
  });
}

interface Search<S> {
  graph: Graph;
  /** A position that the last character must fit. */
  start: number;
  from: S;
  keyOf: (state: S) => string;
  step: (state: S, before: number, kind: number) => Iterable<S>;
  isEnd: (state: S) => boolean;
}

/** The text on the shortest way to an end whose last character is of the kind that was before its first; null without one. */
function search<S>({ graph, start, from, keyOf, step, isEnd }: Search<S>): string | null {
  for (const last of graph.kinds.keys()) {
    if (!graph.matches(start, last)) continue;
    const seen = new Set<string>();
    let states: { state: S; kind: number; text: string }[] = [{ state: from, kind: last, text: '' }];
    while (states.length > 0) {
      const following: typeof states = [];
      for (const { state, kind: before, text } of states) {
        for (const kind of graph.kinds.keys()) {
          for (const next of step(state, before, kind)) {
            const read = text + String.fromCodePoint(graph.kinds[kind] ?? 0);
            if (kind === last && isEnd(next)) return read;
            const key = `${kind} ${keyOf(next)}`;
            if (seen.has(key)) continue;
            seen.add(key);
            following.push({ state: next, kind, text: read });
          }
        }
      }
      states = following;
    }
  }
  return null;
}

function unique(positions: readonly number[]): number[] {
  return [...new Set(positions)];
}
