import { asDingbat, type Glyph, isNear, onLine, onMiddle } from './glyph.ts';
import { isDrawn, type OperatorNumbers, type Operators } from './operators.ts';
import { apply, applyLinear, compose, type Matrix, toMatrix, unchanged } from './matrix.ts';

/** What pdf.js tells about a font. */
export interface FontAbout {
  vertical: boolean;
  /** Width of one unit of a glyph's width; 0.001 but for fonts of drawings. */
  unit: number;
  /** A font of marks, not letters. */
  isDingbats?: boolean;
}

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
          text: font.isDingbats ? asDingbat(one.unicode) : one.unicode,
          x: start.x + step.x * at,
          y: start.y + step.y * at,
          width: Math.abs(advance) * scale,
          direction: isBack ? backward : forward,
          up,
          band,
          tracking: (isBack ? -spacing : spacing) * scale,
        };
        if (isNear(glyph, page)) yield glyph;
        at += advance + spacing;
      }
    }
    text = compose(text, isDown ? [1, 0, 0, 1, 0, at] : [1, 0, 0, 1, at, 0]);
  }
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
