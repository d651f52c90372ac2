/** A regular expression that may be slow, or that is not known before the program runs, and why it may stay. */
export interface Exception {
  file: string;
  /** As the source has it. */
  source: string;
  /** What bounds the text that it reads, or the time that it takes. */
  bound: string;
}

export const exceptions: readonly Exception[] = [
  {
    file: 'lib/core/patterns/problem.ts',
    source: "RegExp(source, 'u')",
    bound: 'Compiled to see whether it is valid ECMAScript, never run.',
  },
  {
    file: 'lib/core/grounding/find-value.ts',
    source: "new RegExp(candidate.join(String.raw`[^\\p{L}\\p{N}]{0,3}`), 'giu')",
    bound:
      'At most 40 letters and digits, with up to three other characters between: nothing in it repeats without limit.',
  },
  {
    file: 'scripts/regexes/find.ts',
    source: 'new RegExp(pattern, flags)',
    bound: 'Compiled to be checked, never run.',
  },
  {
    file: 'scripts/regexes/find.ts',
    source: 'new RegExp(node.regex.pattern, node.regex.flags)',
    bound: 'Compiled to be checked, never run.',
  },
];
