import type { Vector } from './matrix.ts';

/** A sign as it is drawn, in points of the page as it is shown, from the top left. A page has thousands: they are flat. */
export interface Glyph {
  text: string;
  /** Where it stands on its baseline. */
  x: number;
  y: number;
  /** How far it continues from there. */
  width: number;
  /** In which direction, a vector of length 1. */
  direction: Vector;
  /** The height of the font, away from the baseline. */
  up: Vector;
  /** How much of `up` lies below the baseline, and above it. */
  band: Band;
  /** Room after it that the file asks for between all letters. */
  tracking: number;
  /** A digit that is read as a raised one. */
  isRaised?: boolean;
}

interface Band {
  descent: number;
  ascent: number;
}

/** Letters stand on their line by these shares of the font's height; upright columns hang in the middle of theirs. */
export const onLine: Band = { descent: 0.2, ascent: 0.8 };
export const onMiddle: Band = { descent: 0.5, ascent: 0.5 };

/** The marks that forms tick boxes with, by the letters that some files say they are. */
const dingbats: Readonly<Record<string, string>> = { '3': '✓', '4': '✔', '8': '✘', l: '●', n: '■', u: '◆', H: '★' };

/** What a sign of a font of marks shows. */
export function asDingbat(text: string): string {
  return dingbats[text] ?? text;
}

/** Whether a font, by its name, has marks for letters. */
export function isDingbatsFont(name: string): boolean {
  return name.endsWith('ZapfDingbats');
}

/** Whether some of it may stand on the page. */
export function isNear({ x, y, width, up }: Glyph, page: { width: number; height: number }): boolean {
  const reach = width + Math.hypot(up.x, up.y);
  return x > -reach && x < page.width + reach && y > -reach && y < page.height + reach;
}

export function heightOf({ up }: Glyph): number {
  return Math.hypot(up.x, up.y);
}

/** How far one sign stands ahead of another, in the direction of writing. */
export function ahead(from: Glyph, to: Glyph, direction: Vector): number {
  return (to.x - from.x) * direction.x + (to.y - from.y) * direction.y;
}
