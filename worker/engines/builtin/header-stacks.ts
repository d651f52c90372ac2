import type { ScalarField } from '#lib/core/fields/field.ts';
import { isLabelOf } from './labels.ts';
import type { Column } from './table-columns.ts';
import type { Cell, View, ViewLine } from './view.ts';

/** How far apart the lines of one header may be, in heights, and how many there are. */
const maxGap = 1.9;
const maxLines = 4;

/** By field, what may head its column. */
export type Labels = ReadonlyMap<ScalarField, ReadonlySet<string>>;

/** A column by the texts above each other that head it, from the top. */
interface Stack {
  x: number;
  right: number;
  texts: string[];
}

/**
 * The columns of a header whose last line is this one: texts above each other head one column. What reaches over several
 * columns is a caption of them all.
 */
export function stackedHeader(view: View, last: ViewLine, labels: Labels): Column[] {
  const stacks: Stack[] = [];
  for (const line of linesUpFrom(view, last)) for (const cell of line.cells) addTo(stacks, cell);
  const free = new Map(labels);
  return stacks
    .toSorted((a, b) => a.x - b.x)
    .map(({ x, right, texts }): Column => {
      const [field = null] = [...free].find(([, own]) => heads(texts, own)) ?? [];
      if (field) free.delete(field);
      return { field, x, right };
    });
}

/** Lines close above each other, from the last one upwards, as far as they may be lines of its header. */
function linesUpFrom(view: View, last: ViewLine): ViewLine[] {
  const lines = [last];
  for (let number = last.number - 1; number >= 0 && lines.length < maxLines; number--) {
    const [line, below] = [view.lines[number], lines.at(-1)];
    if (!line || !below || below.y - line.y > maxGap * below.height || line.words.some(isFigure)) break;
    lines.push(line);
  }
  return lines;
}

const isFigure = ({ text }: { text: string }) => /\d[.,]\d/.test(text);

type Text = Pick<Cell, 'text' | 'x' | 'right'>;

const over = (text: Text, stacks: readonly Stack[]) =>
  stacks.filter(({ x, right }) => x < text.right && text.x < right);

function addTo(stacks: Stack[], cell: Cell): void {
  const below = over(cell, stacks);
  for (const text of below.length > 1 ? wordsOver(cell, stacks) : [cell]) addText(stacks, text);
}

/** Headers set close beside each other look like one cell: its words belong to the columns that they stand over. */
function wordsOver({ words }: Cell, stacks: readonly Stack[]): Text[] {
  const texts: Text[] = [];
  for (const { text, x, width } of words) {
    const word = { text, x, right: x + width };
    const before = texts.at(-1);
    if (before && over(word, stacks).length === 0)
      Object.assign(before, { text: `${before.text} ${text}`, right: word.right });
    else texts.push(word);
  }
  return texts.every((text) => over(text, stacks).length === 1) ? texts.toReversed() : [];
}

function addText(stacks: Stack[], cell: Text): void {
  const [stack] = over(cell, stacks);
  if (!stack) {
    stacks.push({ x: cell.x, right: cell.right, texts: [cell.text] });
    return;
  }
  stack.texts.unshift(cell.text);
  stack.x = Math.min(stack.x, cell.x);
  stack.right = Math.max(stack.right, cell.right);
}

/** Whether the texts, but perhaps some at the top that stand above it by chance, are a label of the field. */
function heads(texts: readonly string[], labels: ReadonlySet<string>): boolean {
  return texts.some((_, from) => isLabelOf(labels, texts.slice(from).join(' ')));
}
