import { type Cluster, clustersOf } from './clusters.ts';

/** A character of a text that carries meaning. */
export interface Character {
  /** In one form for all its variants: small, composed, a Latin digit, a plain dash. */
  text: string;
  kind: 'letter' | 'digit' | 'mark';
  /** Where it comes from. */
  start: number;
  end: number;
  /** White space is before it. */
  isSpaced: boolean;
}

/**
 * The characters that a text means, in order. Case, white space, Unicode forms and the variants of quotes and dashes do
 * not count, nor does punctuation between words. What does: letters with their accents, digits with everything between
 * them (`1.5`, `3/4`, `12:30`), signs before and behind a number (`-5`, `5-`, `.5`), `+ % < >` and currencies, and the
 * mark of a grade or a name (`A-`, `C#`). Linear in the text.
 */
export function spell(text: string): Character[] {
  const all = clustersOf(text);
  const spelled: Character[] = [];
  let gap: Gap | null = null;
  all.forEach((cluster, at) => {
    if (cluster.kind === 'space') return;
    if (cluster.kind !== 'mark') gap = null;
    else gap ??= { all, from: spacesBefore(all, at), to: endOfGap(all, at) };
    const meant = gap ? meantBy(gap, at) : cluster.text;
    const { kind, start, end } = cluster;
    const isSpaced = all[at - 1]?.kind === 'space';
    for (const one of meant) spelled.push({ text: one, kind, start, end, isSpaced });
  });
  return spelled;
}

/** Marks and spaces between two letters or digits, or at an end of the text. */
interface Gap {
  all: readonly Cluster[];
  from: number;
  /** Exclusive. */
  to: number;
}

/** Where the spaces right before a place begin; however many there are, they are one. */
function spacesBefore(all: readonly Cluster[], at: number): number {
  let from = at;
  while (all[from - 1]?.kind === 'space') from -= 1;
  return from;
}

function endOfGap(all: readonly Cluster[], from: number): number {
  let to = from;
  while (all[to]?.kind === 'mark' || all[to]?.kind === 'space') to += 1;
  return to;
}

/** Marks that change what they are beside, wherever they are. */
const alwaysMeant = /^[+%‰<>≠~≈±÷√∞@\u2610-\u2612\u2713-\u2718\p{Sc}]$/u;

/** A mark as far as it means something where it is; empty when it only parts words. */
function meantBy(gap: Gap, at: number): string {
  const { all, from, to } = gap;
  const [mark, before, after] = [all[at]?.text ?? '', all[from - 1], all[to]];
  const [last, next] = [all[at - 1], all[at + 1]];
  if (mark === '≤') return '<=';
  if (mark === '≥') return '>=';
  if (alwaysMeant.test(mark)) return mark;
  if (mark === '=' && (last?.text === '<' || last?.text === '>')) return mark;
  if (mark === '(' && isBracketedAmount(all, at)) return '-';
  if (before?.kind === 'digit' && after?.kind === 'digit') {
    // `1, 5` are two numbers, `1,5` is one; `(030) 12` is `030 12`.
    if (mark === '.' || mark === ',') return next?.kind === 'space' ? ';' : mark;
    return mark === ')' || mark === ']' ? '' : mark;
  }
  if (mark === '-') return isMinus(gap, at) ? '-' : '';
  if (mark === '.' || mark === ',') {
    const isLeading = next?.kind === 'digit' && last?.kind !== 'letter' && last?.text !== '.' && last?.text !== ',';
    return isLeading ? mark : '';
  }
  if (mark === '#') return last?.kind === 'letter' && next?.kind !== 'digit' ? mark : '';
  // Feet and inches.
  if (mark === "'" || mark === '"') return last?.kind === 'digit' && !next ? mark : '';
  return '';
}

/** No amount is longer. */
const maxAmountLength = 30;

/** `(12.50)`: an amount below zero, as accountants write it. `(030)` and `(5)` are none. */
function isBracketedAmount(all: readonly Cluster[], at: number): boolean {
  const inside = all.slice(at + 1, at + maxAmountLength);
  const end = inside.findIndex(({ text }) => text === ')');
  const text = inside.slice(0, Math.max(end, 0)).map((cluster) => cluster.text);
  return /^[\s\p{Sc}]*\d[\d\s.,']*[.,]\d+[\s\p{Sc}%]*$/u.test(text.join(''));
}

function isMinus(gap: Gap, at: number): boolean {
  const { all, to } = gap;
  const [last, next, after] = [all[at - 1], all[at + 1], all[to]];
  // `12.50-`
  if (last?.kind === 'digit') return next?.kind !== 'letter' && after?.kind !== 'digit';
  if (last?.kind === 'letter' || !after) return isGrade(gap, at);
  let number = at + 1;
  while (all[number]?.kind === 'space' || isCurrency(all[number]?.text ?? '')) number += 1;
  if (all[number]?.kind !== 'digit') return false;
  // `A - 5` and `#- 5` only part, `A -5` and `A: - 5` are below zero.
  if (next?.kind !== 'space') return true;
  const lead = all[spacesBefore(all, at) - 1];
  return !lead || /^[:(=<>]$/.test(lead.text);
}

function isCurrency(text: string): boolean {
  return /^\p{Sc}$/u.test(text);
}

/** `A-`, `BBB-` and the blood group `AB-`; where a longer word ends in a dash, it continues on the next line. */
function isGrade({ all, from, to }: Gap, at: number): boolean {
  if (all[at + 1]?.kind === 'letter' || all[at + 1]?.kind === 'digit') return false;
  // Only at the end of the text a space may part them: `A - 5`.
  if (at > from && (to < all.length || spacesBefore(all, at) > from)) return false;
  let start = from;
  while (start > 0 && from - start < 4 && all[start - 1]?.kind === 'letter') start -= 1;
  const word = all
    .slice(start, from)
    .map(({ text }) => text)
    .join('');
  return /^[a-z]$/.test(word) || (/^(?:([a-z])\1{1,2}|ab)$/.test(word) && endsPart(all, to));
}

/** No word continues after it. */
function endsPart(all: readonly Cluster[], to: number): boolean {
  return to === all.length || all[to - 1]?.kind === 'mark';
}
