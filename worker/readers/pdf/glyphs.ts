import { isDrawn, type OperatorNumbers, type Operators } from './operators.ts';
import { apply, applyLinear, compose, type Matrix, toMatrix, unchanged, type Vector } from './matrix.ts';

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

/** What pdf.js tells about a font. */
export interface FontAbout {
  vertical: boolean;
  /** Width of one unit of a glyph's width; 0.001 but for fonts of drawings. */
  unit: number;
  /** A font of marks, not letters. */
  isDingbats?: boolean;
}

/** The marks that forms tick boxes with, by the letters that some files say they are. */
const dingbats: Readonly<Record<string, string>> = { '3': '✓', '4': '✔', '8': '✘', l: '●', n: '■', u: '◆', H: '★' };

interface State {
  matrix: Matrix;
  font: FontAbout;
  size: number;
  tracking: number;
  wordSpacing: number;
  stretch: number;
  leading: number;
  rise: number;
}

const plainFont: FontAbout = { vertical: false, unit: 0.001 };
const fresh = { font: plainFont, size: 1, tracking: 0, wordSpacing: 0, stretch: 1, leading: 0, rise: 0 };
/** Letters stand on their line by these shares of the font's height; upright columns hang in the middle of theirs. */
const onLine = { descent: 0.2, ascent: 0.8 };
const onMiddle = { descent: 0.5, ascent: 0.5 };

/** A page as it is shown: the matrix turns the page's own space into that. */
export interface Shown {
  width: number;
  height: number;
  matrix: Matrix;
}

/**
 * The signs on a page in the order in which they are drawn, with their own widths: follows the state of text through
 * the operators (PDF 1.7, 9.3–9.4). Forms, and annotations such as filled fields, count as they are seen. One at a time:
 * there may be millions, most of them beside the page.
 */
export function* glyphsOf(
  { fnArray, argsArray }: Operators,
  OPS: OperatorNumbers,
  fontOf: (name: string) => FontAbout,
  page: Shown,
): Generator<Glyph, void> {
  const saved: State[] = [];
  let state: State = { ...fresh, matrix: page.matrix };
  let line = unchanged;
  let text = unchanged;

  const run: Record<number, (args: readonly unknown[]) => void> = {
    [OPS.save]: () => saved.push(state),
    [OPS.restore]: () => (state = saved.pop() ?? state),
    [OPS.transform]: transform,
    [OPS.paintFormXObjectBegin]: (args) => {
      saved.push(state);
      transform(args);
    },
    [OPS.paintFormXObjectEnd]: () => (state = saved.pop() ?? state),
    [OPS.beginAnnotation]: ([, , placed, form]) => {
      saved.length = 0;
      state = { ...fresh, matrix: page.matrix };
      transform([placed]);
      transform([form]);
    },
    [OPS.beginText]: () => (line = text = unchanged),
    [OPS.setFont]: ([name, size]) => setFont(name, size),
    [OPS.setGState]: ([entries]) => {
      const font = Array.isArray(entries) ? entries.find((entry) => Array.isArray(entry) && entry[0] === 'Font') : null;
      if (font && Array.isArray(font[1])) setFont(font[1][0], font[1][1]);
    },
    [OPS.setCharSpacing]: ([value]) => (state = { ...state, tracking: number(value) }),
    [OPS.setWordSpacing]: ([value]) => (state = { ...state, wordSpacing: number(value) }),
    [OPS.setHScale]: ([value]) => (state = { ...state, stretch: number(value) / 100 }),
    [OPS.setLeading]: ([value]) => (state = { ...state, leading: number(value) }),
    [OPS.setTextRise]: ([value]) => (state = { ...state, rise: number(value) }),
    [OPS.setTextMatrix]: (args) => (line = text = toMatrix(args) ?? unchanged),
    [OPS.moveText]: ([x, y]) => move(number(x), number(y)),
    [OPS.setLeadingMoveText]: ([x, y]) => {
      state = { ...state, leading: -number(y) };
      move(number(x), number(y));
    },
    [OPS.nextLine]: () => move(0, -state.leading),
  };

  for (const [index, operator] of fnArray.entries()) {
    const args = argsArray[index];
    const list: readonly unknown[] = Array.isArray(args) ? args : [];
    if (operator === OPS.showText) yield* show(list[0]);
    else run[operator]?.(list);
  }

  function transform(args: readonly unknown[]): void {
    const matrix = toMatrix(args);
    if (matrix) state = { ...state, matrix: compose(state.matrix, matrix) };
  }

  function setFont(name: unknown, size: unknown): void {
    state = { ...state, font: typeof name === 'string' ? fontOf(name) : plainFont, size: number(size) };
  }

  function move(x: number, y: number): void {
    line = text = compose(line, [1, 0, 0, 1, x, y]);
  }

  /** Across or, as Chinese and Japanese may be written, down: `vmetric` begins with the step then. */
  function* show(shown: unknown): Generator<Glyph, void> {
    if (!Array.isArray(shown)) return;
    const { font, size, tracking, wordSpacing, rise } = state;
    const isDown = font.vertical;
    const stretch = isDown ? 1 : state.stretch;
    const whole = compose(state.matrix, text);
    const step = isDown ? applyLinear(whole, 0, 1) : applyLinear(whole, 1, 0);
    const up = isDown ? applyLinear(whole, size, 0) : applyLinear(whole, 0, size);
    const start = isDown ? apply(whole, rise, 0) : apply(whole, 0, rise);
    const scale = Math.hypot(step.x, step.y);
    const forward = { x: step.x / (scale || 1), y: step.y / (scale || 1) };
    const backward = { x: -forward.x, y: -forward.y };
    const height = Math.hypot(up.x, up.y);
    const band = isDown ? onMiddle : onLine;
    let at = 0;
    for (const one of shown) {
      if (typeof one === 'number') at -= (one / 1000) * size * stretch;
      else if (isDrawn(one)) {
        const width = isDown ? (one.vmetric?.[0] ?? -1000) : one.width;
        const advance = width * font.unit * size * stretch;
        const spacing = (tracking + (one.isSpace ? wordSpacing : 0)) * stretch;
        const isBack = advance === 0 ? size < 0 : advance < 0;
        const glyph: Glyph = {
          text: (font.isDingbats ? dingbats[one.unicode] : undefined) ?? one.unicode,
          x: start.x + step.x * at,
          y: start.y + step.y * at,
          width: Math.abs(advance) * scale,
          direction: isBack ? backward : forward,
          up,
          band,
          tracking: (isBack ? -spacing : spacing) * scale,
        };
        if (isNear(glyph, height, page)) yield glyph;
        at += advance + spacing;
      }
    }
    text = compose(text, isDown ? [1, 0, 0, 1, 0, at] : [1, 0, 0, 1, at, 0]);
  }
}

/** Whether some of it may stand on the page. */
function isNear(glyph: Glyph, height: number, page: Shown): boolean {
  const reach = glyph.width + height;
  return glyph.x > -reach && glyph.x < page.width + reach && glyph.y > -reach && glyph.y < page.height + reach;
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
