import type { PrintedWord } from './lesson.ts';

/** Pages that share a third of their words share at least one of so many bands in 97 of 100 cases. */
const bands = 32;
const rows = 2;

/**
 * A page's words as numbers of which pages with many words in common share some (MinHash in bands): what a database can
 * look up. Signed 32-bit integers, one per band.
 */
export function bandsOf(words: readonly Pick<PrintedWord, 'hash'>[]): number[] {
  const seeds = [...new Set(words.map(({ hash }) => hash))].map(seedOf);
  if (seeds.length === 0) return [];
  return Array.from({ length: bands }, (_, band) => {
    let value = band;
    for (let row = 0; row < rows; row++) value = mix(value ^ leastOf(seeds, band * rows + row));
    return value | 0;
  });
}

function leastOf(seeds: readonly number[], salt: number): number {
  let least = 0xffffffff;
  for (const seed of seeds) least = Math.min(least, mix(seed ^ Math.imul(salt + 1, 0x9e3779b1)));
  return least;
}

function seedOf(hash: string): number {
  let seed = 0x811c9dc5;
  for (let at = 0; at < hash.length; at++) seed = Math.imul(seed ^ hash.charCodeAt(at), 0x01000193);
  return seed;
}

/** The finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
function mix(given: number): number {
  let value = given;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
