import { Decimal } from 'decimal.js';
import type { ScalarField } from '#lib/core/fields/field.ts';
import type { Scalar } from '#lib/core/fields/path.ts';
import { isPlainNumber } from '#lib/core/normalise/digits.ts';
import type { CellValue, Word } from '#lib/core/pages/page.ts';
import type { IndexedLine, PageIndex } from './index-page.ts';

/** What a worksheet's cell must hold for a field to have its value, whatever it shows; null where the text decides. */
export function cellKindOf({ type, format, enum: members }: ScalarField): CellValue['kind'] | null {
  if (members) return null;
  if (type === 'number' || type === 'integer') return 'number';
  return format === 'date' || format === 'date-time' ? 'date' : null;
}

/** The value of the worksheet's cell that all these words are of, when a field takes it from there. */
export function cellValueOf(words: readonly Word[], field: ScalarField): CellValue | null {
  const [first] = words;
  const typed = first?.typed;
  if (!typed || typed.kind !== cellKindOf(field)) return null;
  return words.every((word) => word.y === first.y && word.typed?.value === typed.value) ? typed : null;
}

/** The words of each cell of a line that holds a value. `sign`: `any` when it may be of the other sign. */
export function cellsHolding(
  index: PageIndex,
  line: IndexedLine,
  value: Scalar,
  field: ScalarField,
  sign: 'same' | 'any',
): number[][] {
  return cellsOfLine(index, line).filter((words) => {
    const typed = index.words[words[0] ?? -1]?.typed;
    if (!typed || typed.kind !== cellKindOf(field)) return false;
    const wanted = String(value);
    if (typed.kind === 'date') return typed.value === wanted.slice(0, 10);
    if (!isPlainNumber(wanted)) return false;
    const [held, asked] = [new Decimal(typed.value), new Decimal(wanted)];
    return sign === 'any' ? held.abs().eq(asked.abs()) : held.eq(asked);
  });
}

function cellsOfLine({ cellStarts }: PageIndex, { words }: IndexedLine): number[][] {
  const cells: number[][] = [];
  for (const word of words) {
    if (cells.length === 0 || cellStarts.has(word)) cells.push([word]);
    else cells.at(-1)?.push(word);
  }
  return cells;
}
