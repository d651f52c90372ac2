import type { Link, Gap } from './gap.ts';
import { CharSet, JS } from 'refa';
import { isBounded, openBuilder } from './fragments.ts';

/**
 * A regular expression as the characters it is made of and how one follows another (Glushkov's construction). Two ways
 * from one character to the next are two links: the number of ways is what makes matching slow.
 */
export interface Automaton {
  /** What each position matches. */
  characters: CharSet[];
  links: Link[];
  /** Positions behind which a match is complete whatever follows: what gets there never fails. */
  certain: ReadonlySet<number>;
  /** Where matching begins again and again, at every character; null when it begins only at the start of the text. */
  start: number | null;
}

/** @throws AutomatonError when it has parts that cannot be followed; SyntaxError when it does not compile */
export function automatonOf(regex: RegExp): Automaton {
  const { expression, maxCharacter } = JS.Parser.fromLiteral(regex).parse({
    assertions: 'parse',
    backreferences: 'unknown',
  });
  const all = CharSet.all(maxCharacter);
  const builder = openBuilder(all, isBounded(expression));
  const whole = builder.either(expression.alternatives);
  const { characters, links, sides } = builder;
  const start = regex.sticky ? null : builder.add(all);
  if (start !== null) {
    links.push({ from: start, to: start, ...builder.anything });
    // Look-aheads with repetitions inside are tried wherever they are: as if they began with the match.
    for (const [to, gap] of whole.first) links.push({ from: start, to, ...gap });
  }
  const isCertain = ([position, gap]: [number, Gap]) =>
    !sides.has(position) && gap.after.isAll && gap.atEnd && gap.before.isSupersetOf(characters[position] ?? all);
  const certain = new Set(whole.last.filter(isCertain).map(([position]) => position));
  return { characters, links, certain, start };
}
