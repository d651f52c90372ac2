import { latinDigit } from './digits.ts';

/** A character with the accents on it, in one form for all its variants. */
export interface Cluster {
  /** Small, composed; a Latin digit, a plain dash or quote. */
  text: string;
  kind: 'letter' | 'digit' | 'mark' | 'space';
  /** Where it is in the text. */
  start: number;
  end: number;
}

/** The letters that a Korean syllable is made of are no accents, though they are one character together. */
const clusters = /[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*\p{M}*|\P{M}\p{M}*|\p{M}+/gu;
/** What is not seen: control characters, soft hyphens, joiners, marks of direction. */
const unseen = /^[\p{Cc}\p{Cf}]/u;
const variants: Record<string, string> = { '⁄': '/', '∕': '/', '∗': '*', '·': '.', '٫': '.', '٬': ',', '、': ',' };
const dash = /^[\p{Pd}\u2212]$/u;
const singleQuote = /^[‘’‚‛ʼ′´`]$/u;
const doubleQuote = /^[“”„«»″]$/u;

/** The characters of a text. */
export function clustersOf(text: string): Cluster[] {
  const found: Cluster[] = [];
  for (const match of text.matchAll(clusters)) {
    const [written] = match;
    const form = asciiForm(written) ?? formOf(written, found.at(-1)?.kind ?? 'space');
    if (form) found.push({ ...form, start: match.index, end: match.index + written.length });
  }
  return found;
}

type Form = Pick<Cluster, 'text' | 'kind'>;

/** Most of most texts, without asking Unicode; null for all else. */
function asciiForm(written: string): Form | null {
  if (written.length > 1) return null;
  if ((written >= 'a' && written <= 'z') || (written >= 'A' && written <= 'Z'))
    return { text: written.toLowerCase(), kind: 'letter' };
  if (written >= '0' && written <= '9') return { text: written, kind: 'digit' };
  if (written === ' ') return { text: written, kind: 'space' };
  return written > ' ' && written < '\u007f' && written !== '`' ? { text: written, kind: 'mark' } : null;
}

/** null for what is not seen. */
function formOf(written: string, before: Cluster['kind']): Form | null {
  if (/^\s/.test(written)) return { text: ' ', kind: 'space' };
  if (unseen.test(written)) return null;
  if (/^\p{No}/u.test(written)) return formOfNumber(written, before);
  const text = written.normalize('NFKC').toLowerCase().replace('ß', 'ss').replace('×', 'x');
  if (/^\p{Nd}$/u.test(text)) return { text: latinDigit(text), kind: 'digit' };
  if (/^[\p{L}\p{N}\p{M}]/u.test(text)) return { text, kind: 'letter' };
  return { text: markForm(text), kind: 'mark' };
}

/** The exponent of `10²` is no digit of the number, that of `m²` is often written beside it; `½` is one number. */
function formOfNumber(written: string, before: Cluster['kind']): Form {
  const plain = written.normalize('NFKC');
  return before === 'letter' && /^\d+$/.test(plain)
    ? { text: plain, kind: 'digit' }
    : { text: written, kind: 'letter' };
}

function markForm(text: string): string {
  if (dash.test(text)) return '-';
  if (singleQuote.test(text)) return "'";
  return doubleQuote.test(text) ? '"' : (variants[text] ?? text);
}
