import type { Cell } from './cell.ts';

/** Excel takes a file without it for one in the machine's old code page. */
export const byteOrderMark = '\ufeff';

/** One record with its line end (RFC 4180). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvField).join(',')}\r\n`;
}

function csvField(cell: Cell): string {
  if (cell === null) return '';
  switch (cell.kind) {
    case 'number':
      return String(cell.number);
    case 'boolean':
      return String(cell.boolean);
    case 'text':
      return quoted(withoutFormula(cell.text));
    default:
      return cell.text;
  }
}

/**
 * What a spreadsheet may take for a formula: text that starts with `= + - @`, also in full width or behind characters that
 * some programs drop. Such text, and text that starts with an apostrophe, gets one in front; a reader that takes one away
 * has exactly what it was.
 */
// oxlint-disable-next-line no-control-regex -- control characters hide what comes behind them
const formulaLike = /^(?:['\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u;

function withoutFormula(text: string): string {
  return formulaLike.test(text) ? `'${text}` : text;
}

/** Semicolons and tabs are separators in other settings of a spreadsheet: they are quoted as well. */
const needsQuotes = /[",;\t\r\n]|^\s|\s$|^$/;

function quoted(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
