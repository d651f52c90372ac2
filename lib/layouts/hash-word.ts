import { createHmac } from 'node:crypto';

/** The keyed hash of a word: only who has the key can make it. */
export type HashWord = (word: string) => string;

/** 48 bits: enough to tell the words of a page apart. */
const hashLetters = 8;

/** How words are hashed under an installation's key. */
export function wordHash(key: string): HashWord {
  return (word) => createHmac('sha256', key).update(word).digest('base64url').slice(0, hashLetters);
}
