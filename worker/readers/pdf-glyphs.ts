import { getResolvedPDFJS } from 'unpdf';
import { apply, applyLinear, compose, type Matrix, toMatrix, unchanged, type Vector } from './pdf-matrix.ts';

/** A sign as it is drawn, in points of the page as it is shown, from the top left. */
export interface Glyph {
  text: string;
  /** Where it stands on its baseline. */
  origin: Vector;
  /** From there to its end: its width, in the direction of writing. */
  along: Vector;
  /** The height of the font, away from the baseline. */
  up: Vector;
  /** How much of `up` lies below the baseline, and above it. */
  descent: number;
  ascent: number;
  /** Room after it that the file asks for between all letters. */
  tracking: number;
}

/** What is drawn on a page: pdf.js's numbers of operators (`OPS`), each with its arguments. */
export interface Operators {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

/** What pdf.js tells about a font. */
export interface FontAbout {
  vertical: boolean;
  /** Width of one unit of a glyph's width; 0.001 but for fonts of drawings. */
  unit: number;
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
/** Letters stand on their line by these shares of the font's height; upright columns hang in the middle of theirs. */
const onLine = { descent: 0.2, ascent: 0.8 };
const onMiddle = { descent: 0.5, ascent: 0.5 };

const { OPS } = await getResolvedPDFJS();

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

  function* show(shown: unknown): Generator<Glyph, void> {
    if (!Array.isArray(shown)) return;
    const { font, size, stretch } = state;
    for (const one of shown) {
      if (typeof one === 'number') {
        const shift = (-one / 1000) * size;
        text = compose(text, font.vertical ? [1, 0, 0, 1, 0, shift] : [1, 0, 0, 1, shift * stretch, 0]);
      } else if (isDrawn(one)) {
        const { glyph, next } = font.vertical ? drawDown(one) : drawAcross(one);
        text = next;
        if (isNear(glyph, page)) yield glyph;
      }
    }
  }

  function drawAcross({ unicode, width, isSpace }: Drawn): { glyph: Glyph; next: Matrix } {
    const { font, size, tracking, wordSpacing, stretch, rise, matrix } = state;
    const whole = compose(matrix, text);
    const advance = width * font.unit * size * stretch;
    const spacing = (tracking + (isSpace ? wordSpacing : 0)) * stretch;
    const along = applyLinear(whole, advance, 0);
    const glyph = {
      text: unicode,
      origin: apply(whole, 0, rise),
      along,
      up: applyLinear(whole, 0, size),
      ...onLine,
      tracking: advance === 0 ? 0 : (spacing / advance) * Math.hypot(along.x, along.y),
    };
    return { glyph, next: compose(text, [1, 0, 0, 1, advance + spacing, 0]) };
  }

  /** Top to bottom, as Chinese and Japanese may be written: `vmetric` is the step down and the middle of the top. */
  function drawDown({ unicode, vmetric, isSpace }: Drawn): { glyph: Glyph; next: Matrix } {
    const { font, size, tracking, wordSpacing, rise, matrix } = state;
    const whole = compose(matrix, text);
    const step = (vmetric?.[0] ?? -1000) * font.unit * size;
    const spacing = tracking + (isSpace ? wordSpacing : 0);
    const glyph = {
      text: unicode,
      origin: apply(whole, rise, 0),
      along: applyLinear(whole, 0, step),
      up: applyLinear(whole, size, 0),
      ...onMiddle,
      tracking: 0,
    };
    return { glyph, next: compose(text, [1, 0, 0, 1, 0, step + spacing]) };
  }
}

/** Whether some of it may stand on the page. */
function isNear({ origin, along, up }: Glyph, { width, height }: Shown): boolean {
  const reach = Math.hypot(along.x, along.y) + Math.hypot(up.x, up.y);
  return origin.x > -reach && origin.x < width + reach && origin.y > -reach && origin.y < height + reach;
}

interface Drawn {
  unicode: string;
  width: number;
  isSpace: boolean;
  vmetric?: readonly number[];
}

function isDrawn(one: unknown): one is Drawn {
  return (
    typeof one === 'object' &&
    one !== null &&
    'unicode' in one &&
    typeof one.unicode === 'string' &&
    'width' in one &&
    typeof one.width === 'number'
  );
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
