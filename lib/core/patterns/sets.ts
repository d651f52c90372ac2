/** Inclusive ranges of code points, in order. */
export type Ranges = readonly (readonly [from: number, to: number])[];

const maxCodePoint = 0x10ffff;

/** `\s` of ECMAScript: its white space and line ends. RE2's is ASCII. */
const whiteSpace: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const digits: Ranges = [[0x30, 0x39]];
const wordCharacters: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** Without regard to case ſ counts as s, and the Kelvin sign as k. */
const wordCharactersOfAnyCase: Ranges = [...wordCharacters, [0x17f, 0x17f], [0x212a, 0x212a]];
/** What `.` does not match. */
const lineEnds: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

export const any: Ranges = [[0, maxCodePoint]];
export const withinLine: Ranges = complementOf(lineEnds);

/** The set that `\d`, `\D`, `\s`, `\S`, `\w` or `\W` stands for in ECMAScript; null for another letter. */
export function namedSet(letter: string, ignoreCase: boolean): Ranges | null {
  const set = setOf(letter.toLowerCase(), ignoreCase);
  return set && letter !== letter.toLowerCase() ? complementOf(set) : set;
}

function setOf(letter: string, ignoreCase: boolean): Ranges | null {
  if (letter === 'd') return digits;
  if (letter === 's') return whiteSpace;
  if (letter === 'w') return ignoreCase ? wordCharactersOfAnyCase : wordCharacters;
  return null;
}

function complementOf(ranges: Ranges): Ranges {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  const ends = [...ranges.map(([from]) => from - 1), maxCodePoint];
  return starts.flatMap((from, index) => {
    const to = ends[index] ?? maxCodePoint;
    return from <= to ? [[from, to] as const] : [];
  });
}
