import { lettersAndDigits, foldLookalikes } from '#lib/core/grounding/letters.ts';
import type { Pattern } from '#lib/core/patterns/pattern.ts';
import type { PlacedWord } from './page-lines.ts';

/** An identifier as it stands on a page. */
export interface Identifier {
  /** As printed. */
  raw: string;
  /** Letters and digits without case, dashes, spaces and leading zeros. Of a masked one only its visible end. */
  canonical: string;
  /** Only its end is printed: `****1234`. */
  isMasked: boolean;
  words: number[];
  /** The least of the words' OCR confidences; null for a text layer. */
  confidence: number | null;
}

/** What identifiers of a schema look like. */
export interface Shape {
  /** Of the field; tested against the text without spaces, and without dashes too. */
  field: Pattern | null;
  /** Of `split.pattern`; tested like the other, and found without a label. */
  split: Pattern | null;
}

const masked = /^(?:[*•●xX#·.…_]|-(?=[*•xX#])){2,}[-\s]?(\d{3,6})$/u;
const maskedGroups = /^[*•●xX#·]{2,}(?:[-\s][*•●xX#·]{2,})*[-\s]?(\d{3,6})$/u;
const date = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/;
const amount = /^[-+(]?[$€£]?\d{1,3}(?:[,.]\d{3})*[,.]\d{2}\)?-?$/;
const prefixed = /^\p{Lu}{2,6}[-/]\d{1,3}$/u;
const maxRun = 5;

/** Letters and digits alone, small, without leading zeros. */
export function canonicalOf(text: string): string {
  return lettersAndDigits(text).replace(/^0+(?=.)/, '');
}

/** Canonical, with signs that OCR confuses treated as equal. */
export function confusedKey(canonical: string): string {
  return foldLookalikes(canonical).replace(/^0+(?=.)/, '');
}

/** The identifier that the first words are, spaces inside it allowed; null when they are something else. */
export function readIdentifier(words: readonly PlacedWord[], shape: Shape, isOcr: boolean): Identifier | null {
  const ending = endingIn(words);
  if (ending) return ending;
  const run: PlacedWord[] = [];
  for (const word of words.slice(0, maxRun)) {
    if (!isPart(word.text, run.length === 0)) break;
    run.push(word);
  }
  for (let length = run.length; length > 0; length--) {
    const found = identifierOf(run.slice(0, length), shape, isOcr, true);
    if (found) return found;
  }
  return null;
}

/** The identifier that exactly these words are. */
export function identifierOf(
  words: readonly PlacedWord[],
  shape: Shape,
  isOcr: boolean,
  isLabelled = false,
): Identifier | null {
  const raw = trimmed(words.map((word) => word.text).join(' '));
  const hidden = masked.exec(raw) ?? maskedGroups.exec(raw);
  if (hidden?.[1]) return make(words, raw, hidden[1], true);
  if (isDateOrAmount(raw, isOcr)) return null;
  const canonical = canonicalOf(raw);
  const digits = (isOcr ? foldLookalikes(canonical) : canonical).replace(/\D/g, '').length;
  // Behind its label a short one counts too, when it has the form of a number with a prefix.
  const isShort = isLabelled && !isOcr && prefixed.test(raw);
  if (!isShort && (digits < 3 || digits * 3 < canonical.length || canonical.length < 4)) return null;
  // A word in which OCR sees a digit is still a word.
  if (isOcr && canonical.replace(/\D/g, '').length * 2 < digits) return null;
  return [shape.field, shape.split].every((pattern) => !pattern || fits(pattern, raw, isOcr))
    ? make(words, raw, canonical, false)
    : null;
}

function isDateOrAmount(raw: string, isOcr: boolean): boolean {
  const read = isOcr ? foldLookalikes(raw.toLowerCase()) : raw;
  return date.test(read) || amount.test(read);
}

/** Whether a text has the pattern's form: as printed, without spaces, without dashes, without what OCR confused. */
export function fits(pattern: Pattern, raw: string, isOcr: boolean): boolean {
  const tight = raw.replace(/\s+/g, '');
  const forms = [raw, tight, tight.replace(/[^\p{L}\p{N}]/gu, '')];
  if (isOcr) forms.push(foldLookalikes(tight.toLowerCase()), foldLookalikes(tight.toLowerCase()).replace(/\D/g, ''));
  return forms.some((form) => pattern.test(form) === true);
}

function isPart(text: string, isFirst: boolean): boolean {
  const plain = trimmed(text);
  if (isFirst && /^[*•●xX#·.…_-]{2,}$/u.test(plain)) return true;
  if (date.test(plain) || amount.test(plain)) return false;
  return /^[\p{L}\p{N}*•●#|!-]+$/u.test(plain) && (isFirst ? /[\p{N}\p{Lu}|*•#-]/u.test(plain) : /\d/.test(plain));
}

/** `ending in 1234` */
function endingIn(words: readonly PlacedWord[]): Identifier | null {
  const at = words.findIndex((word) => /^(?:ending|ends)$/i.test(word.text));
  const number = words[at + 2];
  if (at < 0 || at > 1 || !number || !/^(?:in|with)$/i.test(words[at + 1]?.text ?? '')) return null;
  const digits = trimmed(number.text);
  return /^\d{3,6}$/.test(digits) ? make([number], `****${digits}`, digits, true) : null;
}

function make(words: readonly PlacedWord[], raw: string, canonical: string, isMasked: boolean): Identifier {
  const confidences = words.flatMap((word) => word.confidence ?? []);
  const confidence = confidences.length > 0 ? Math.min(...confidences) : null;
  return { raw, canonical, isMasked, words: words.map((word) => word.index), confidence };
}

function trimmed(text: string): string {
  const bare = text.replace(/^[:;,("'[]+|(?<![:;,.)"'\]])[:;,.)"'\]]+$/g, '').trim();
  return bare.replace(/^#(?=\w)/, '');
}
