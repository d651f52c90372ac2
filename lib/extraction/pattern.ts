import { type CharSet, JS, NFA, type NoParent, type Node, TooManyNodesError, visitAst } from 'refa';
import { analyse } from 'scslre';

const longest = 500;
/** Pairs of states looked at before a pattern counts as too involved. */
const mostPairs = 50_000;

type State = NFA.ReadonlyNode;

/**
 * Why a regular expression cannot be used, or null. Refused is what does not compile and what takes exponential time:
 * a repetition of repetitions, and a repetition whose alternatives can match the same text in several ways. Polynomial
 * time is let through, since values are short.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > longest) return `is longer than ${longest} characters: shorten it`;
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `does not compile: ${error.message}`;
  }
  if (analyse(regex).reports.some((report) => report.exponential)) {
    return 'may backtrack without end: do not repeat a group that repeats inside';
  }
  try {
    const ambiguous = 'may backtrack without end: alternatives of a repeated group must not match the same text';
    return isAmbiguous(regex) ? ambiguous : null;
  } catch (error) {
    if (error instanceof TooManyNodesError)
      return 'repeats too much inside what repeats: use smaller numbers of repetitions';
    throw error;
  }
}

/**
 * Whether some text can be matched in exponentially many ways: a state that reaches itself over two different paths
 * with the same text (Weideman, van der Merwe, Berglund, Watson: Analyzing Matching Time Behavior of Backtracking
 * Regular Expression Matchers by Using Ambiguity of NFA, 2016).
 */
function isAmbiguous(regex: RegExp): boolean {
  const { expression, maxCharacter } = JS.Parser.fromLiteral(regex).parse({
    assertions: 'ignore',
    backreferences: 'disable',
  });
  if (repeatsOverlappingSigns(expression)) return true;
  const nfa = NFA.fromRegex(expression, { maxCharacter });
  return cyclesOf(nfa.initial).some(hasTwoWaysRound);
}

/** Whether a repeated group has two alternatives of one sign each that overlap: the automaton makes them one. */
function repeatsOverlappingSigns(expression: NoParent<Node>): boolean {
  let depth = 0;
  let found = false;
  const look = (alternatives: readonly { elements: readonly NoParent<Node>[] }[]) => {
    const signs = alternatives.flatMap(({ elements: [only, more] }) =>
      only?.type === 'CharacterClass' && !more ? [only.characters] : [],
    );
    found ||=
      depth > 0 && signs.some((sign, index) => signs.slice(index + 1).some((other) => !sign.isDisjointWith(other)));
  };
  visitAst(expression, {
    onQuantifierEnter({ max, alternatives }) {
      if (max > 10) depth += 1;
      look(alternatives);
    },
    onQuantifierLeave({ max }) {
      if (max > 10) depth -= 1;
    },
    onAlternationEnter: ({ alternatives }) => look(alternatives),
  });
  return found;
}

/** The sets of states that reach each other. */
function cyclesOf(initial: State): Set<State>[] {
  const reach = new Map<State, Set<State>>();
  for (const state of reachable([initial], next)) reach.set(state, reachable(next(state), next));
  const cyclic = [...reach.keys()].filter((state) => reach.get(state)?.has(state));
  const groups = new Map<State, Set<State>>();
  for (const state of cyclic) {
    const first = cyclic.find((other) => reach.get(state)?.has(other) && reach.get(other)?.has(state)) ?? state;
    groups.set(first, (groups.get(first) ?? new Set()).add(state));
  }
  return [...groups.values()];
}

function next(state: State): State[] {
  return [...state.out.keys()];
}

function reachable<T>(from: readonly T[], following: (one: T) => Iterable<T>): Set<T> {
  const seen = new Set(from);
  for (const one of seen) for (const other of following(one)) seen.add(other);
  return seen;
}

/** Walks two copies of a cycle over the same text: whether they can part and meet again. */
function hasTwoWaysRound(cycle: ReadonlySet<State>): boolean {
  const states = [...cycle];
  if (states.length ** 2 > mostPairs) return true;
  const number = new Map(states.map((state, index) => [state, index]));
  const edges = states.map((state) =>
    [...state.out].flatMap(([to, via]): [number, CharSet][] => {
      const index = number.get(to);
      return index === undefined ? [] : [[index, via]];
    }),
  );
  const size = states.length;
  const backwards = new Map<number, number[]>();
  const following = (pair: number): number[] => {
    const [one, other] = [Math.floor(pair / size), pair % size];
    const pairs = (edges[one] ?? []).flatMap(([a, via]) =>
      (edges[other] ?? []).filter(([, with_]) => !via.isDisjointWith(with_)).map(([b]) => a * size + b),
    );
    for (const to of pairs) backwards.set(to, [...(backwards.get(to) ?? []), pair]);
    return pairs;
  };
  const together = states.map((_, index) => index * size + index);
  const apart = [...reachable(together.slice(0, 1), following)].filter((pair) => !together.includes(pair));
  if (apart.length === 0) return false;
  const returning = reachable(together, (pair) => backwards.get(pair) ?? []);
  return apart.some((pair) => returning.has(pair));
}
