import {
  type Assertion,
  CharSet,
  type Concatenation,
  type Element,
  type Expression,
  type NoParent,
  visitAst,
} from 'refa';
import { type Link, and, fewOf, type Gap, through } from './gap.ts';

/** A part of an expression: the ways through it without a character, and the ways into it and out of it. */
interface Fragment {
  empty: Gap[];
  first: [position: number, gap: Gap][];
  last: [position: number, gap: Gap][];
}

/** Repetitions that are counted out; more count as any number. */
const maxCopies = 40;
const maxPositions = 5000;

/** The expression is too large, or has a part that cannot be followed. */
export class AutomatonError extends Error {
  override name = 'AutomatonError';
}

/** Builds parts of an expression: their positions and links are collected as they are made. */
export function openBuilder(all: CharSet, bounded: boolean) {
  const characters: CharSet[] = [];
  const links: Link[] = [];
  /** Positions inside look-aheads: a match of theirs completes nothing. */
  const sides = new Set<number>();
  const anything: Gap = { before: all, atStart: true, after: all, atEnd: true };
  /** It may fail, so no match that ends here is certain. */
  const doubtful: Gap = { ...anything, atEnd: false };
  const nothing: Fragment = { empty: [anything], first: [], last: [] };

  function add(set: CharSet): number {
    if (characters.length >= maxPositions) throw new AutomatonError('it repeats too much inside what repeats');
    return characters.push(set) - 1;
  }

  function link(one: Fragment, other: Fragment): void {
    for (const [from, out] of one.last) {
      for (const [to, into] of other.first) links.push({ from, to, ...and(out, into) });
    }
  }

  function inOrder(one: Fragment, other: Fragment): Fragment {
    link(one, other);
    return {
      empty: fewOf(one.empty.flatMap((a) => other.empty.map((b) => and(a, b)))),
      first: [...one.first, ...through(one.empty, other.first)],
      last: [...other.last, ...through(other.empty, one.last)],
    };
  }

  function either(alternatives: readonly NoParent<Concatenation>[]): Fragment {
    const parts = alternatives.map(({ elements }) => elements.map(element).reduce(inOrder, nothing));
    return {
      empty: fewOf(parts.flatMap((part) => part.empty)),
      first: parts.flatMap((part) => part.first),
      last: parts.flatMap((part) => part.last),
    };
  }

  function element(node: NoParent<Element>): Fragment {
    switch (node.type) {
      case 'CharacterClass': {
        const position = add(node.characters);
        return { empty: [], first: [[position, anything]], last: [[position, anything]] };
      }
      case 'Alternation':
        return either(node.alternatives);
      case 'Quantifier':
        return repeated(() => either(node.alternatives), node.min, node.max);
      case 'Assertion':
        return assertion(node);
      case 'Unknown':
        // What a back-reference matches is not known; where nothing repeats without limit that cannot make it slow.
        if (!bounded) throw new AutomatonError('it has a back-reference beside a repetition without limit');
        return { ...nothing, empty: [doubtful] };
    }
  }

  function repeated(make: () => Fragment, min: number, max: number): Fragment {
    let whole = nothing;
    for (let copy = 0; copy < Math.min(min, maxCopies); copy++) whole = inOrder(whole, make());
    if (max === Infinity || max > maxCopies) {
      const loop = optional(make());
      link(loop, loop);
      return inOrder(whole, loop);
    }
    // `a{0,3}` is `(a(a(a)?)?)?`: one way for each number of repetitions.
    let rest = nothing;
    for (let copy = min; copy < max; copy++) rest = optional(inOrder({ ...make(), empty: [] }, rest));
    return inOrder(whole, rest);
  }

  /** A repetition that matches nothing is not tried again. */
  function optional(fragment: Fragment): Fragment {
    return { ...fragment, empty: [anything] };
  }

  function assertion(node: NoParent<Assertion>): Fragment {
    const set = singleCharacter(node, all);
    if (set) return { ...nothing, empty: [gapOf(node, set)] };
    if (node.kind === 'behind' && !isBounded(node)) throw new AutomatonError('it looks behind without limit');
    const inside = characters.length;
    const { first } = either(node.alternatives);
    for (let position = inside; position < characters.length; position++) sides.add(position);
    return { empty: [doubtful], first: node.kind === 'ahead' ? first : [], last: [] };
  }

  /** `(?!x)`: the next character is not x, or there is none. */
  function gapOf({ kind, negate }: NoParent<Assertion>, set: CharSet): Gap {
    const wanted = negate ? set.negate() : set;
    return kind === 'ahead'
      ? { ...anything, after: wanted, atEnd: negate }
      : { ...anything, before: wanted, atStart: negate };
  }

  return { characters, links, sides, anything, add, either };
}

/** Whether nothing in it repeats without limit. */
export function isBounded(node: NoParent<Expression | Assertion>): boolean {
  let bounded = true;
  visitAst(node, {
    onQuantifierEnter: ({ max }) => {
      bounded &&= max !== Infinity;
    },
  });
  return bounded;
}

/** The set of characters of an assertion about one character; null for one about more. */
function singleCharacter({ alternatives }: NoParent<Assertion>, all: CharSet): CharSet | null {
  let union = CharSet.empty(all.maximum);
  for (const { elements } of alternatives) {
    const [only, more] = elements;
    if (only?.type !== 'CharacterClass' || more) return null;
    union = union.union(only.characters);
  }
  return union;
}
