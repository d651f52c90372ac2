import { isTyped, type TableValue } from './table-parts.ts';

const numbered = /^(\d{1,3})[.)]?\s+(?=\p{L})/u;

/** Rows without the numbers, from 1 upwards, that stand before their texts: `1 Paper`, `2 Pens`. */
export function withoutRowNumbers(rows: readonly TableValue[][]): TableValue[][] {
  const texts = new Set(rows.flat().flatMap(({ column }) => (isTyped(column) ? [] : [column])));
  const counted = new Set([...texts].filter((column) => isCounted(rows, column)));
  return rows.map((row) => row.map((value) => (counted.has(value.column) ? withoutNumber(value) : value)));
}

function isCounted(rows: readonly TableValue[][], column: TableValue['column']): boolean {
  return rows.every((row, index) => {
    const text = row.find((value) => value.column === column)?.text;
    return text !== undefined && Number(numbered.exec(text)?.[1]) === index + 1;
  });
}

function withoutNumber(value: TableValue): TableValue {
  const length = numbered.exec(value.text)?.[0].length ?? 0;
  return length === 0 ? value : { ...value, text: value.text.slice(length), words: value.words.slice(1) };
}
