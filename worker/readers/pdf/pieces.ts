import { type Glyph, heightOf } from './glyph.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A digit that is printed small and raised; others stay as they are. */
export function asRaised(glyph: Glyph): Glyph {
  const digit = /^\d$/.test(glyph.text) ? superscripts[Number(glyph.text)] : undefined;
  return digit ? { ...glyph, text: digit, isRaised: true } : glyph;
}

/** A raised digit as it is elsewhere. */
function lowered(glyph: Glyph): Glyph {
  const digit = superscripts.indexOf(glyph.text);
  return digit < 0 ? glyph : { ...glyph, text: String(digit), isRaised: false };
}

/** Two raised digits beside a whole figure are its cents; others are the number of a footnote, a word of its own. */
export function partFootnote(glyphs: readonly Glyph[]): Glyph[][] {
  const raised = glyphs.findIndex(isRaised);
  if (raised < 0) return [[...glyphs]];
  const [figure, digits] = [glyphs.slice(0, raised), glyphs.slice(raised)];
  const isWhole = !/[.,]\d{1,2}$/.test(figure.map(({ text }) => text).join(''));
  return isWhole && digits.length === 2 ? [[...glyphs]] : [figure, digits.map(lowered)];
}

export const isRaised = (glyph: Glyph): boolean => glyph.isRaised === true;

/** Shares of a figure's height: cents beside it are so small, and stand so much higher. */
const raisedSize = 0.8;
const minRise = 0.15;
const maxRise = 0.7;

/** Whether a digit stands small and raised beside a figure, as cents do. `rise`: how far above the figure's line. */
export function isRaisedDigit(last: Glyph, glyph: Glyph, rise: number): boolean {
  const [large, small] = [heightOf(last), heightOf(glyph)];
  const areDigits = /^\d$/.test(last.text) && /^\d$/.test(glyph.text);
  return areDigits && small <= large * raisedSize && rise >= large * minRise && rise <= large * maxRise;
}

/** A label and its value without a space between them are two words: `Total:1,250.00`. Where the second begins; 0 for one. */
export function valueStart(glyphs: readonly Glyph[]): number {
  const colon = glyphs.findIndex(({ text }) => text === ':');
  if (colon < 2 || !/^[\p{L}\p{N}]/u.test(glyphs[colon + 1]?.text ?? '')) return 0;
  const isLabel = glyphs.slice(0, colon).every(({ text }) => /^[\p{L}.'’&/-]+$/u.test(text));
  return isLabel ? colon + 1 : 0;
}
