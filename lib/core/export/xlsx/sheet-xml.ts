import type { Cell } from '../cell.ts';
import { cut } from '../names.ts';
import type { StyleIndices } from './styles.ts';

/** Excel's limit for the text of a cell, in UTF-16 units. */
export const maxTextLength = 32_767;

/**
 * A row of a worksheet. Text is a string and nothing else: there is no element in it that a program could run. `number`
 * counts from 1.
 */
export function rowXml(cells: readonly Cell[], number: number, styles: StyleIndices): string {
  const inside = cells.map((cell, column) => cellXml(cell, `${columnLetters(column)}${number}`, styles)).join('');
  return `<row r="${number}">${inside}</row>`;
}

/** The heading: in its own style, whatever it says. */
export function headXml(labels: readonly string[], styles: StyleIndices): string {
  const cells = labels.map((label, column) => stringXml(label, `${columnLetters(column)}1`, styles.head));
  return `<row r="1">${cells.join('')}</row>`;
}

function cellXml(cell: Cell, place: string, styles: StyleIndices): string {
  if (cell === null) return '';
  switch (cell.kind) {
    case 'number':
      return `<c r="${place}" s="${styles.number(cell.decimals)}"><v>${cell.number}</v></c>`;
    case 'boolean':
      return `<c r="${place}" s="${styles.plain}" t="b"><v>${cell.boolean ? 1 : 0}</v></c>`;
    case 'text':
      return stringXml(cell.text, place, styles.text);
    default: {
      const serial = serialOf(cell.kind, cell.text);
      if (serial === null) return stringXml(cell.text, place, styles.text);
      return `<c r="${place}" s="${styles[cell.kind]}"><v>${serial}</v></c>`;
    }
  }
}

function stringXml(text: string, place: string, style: number): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(fitting(text))}</t></is></c>`;
}

/** What a cell holds of a text: all of it, or its start and a mark that it continues. */
export function fitting(text: string): string {
  return text.length > maxTextLength ? `${cut(text, maxTextLength - 1)}…` : text;
}

/**
 * What XML cannot say: control characters, halves of surrogate pairs, two noncharacters. And an underscore that would
 * start such an escape.
 */
// oxlint-disable-next-line no-control-regex -- they are what is escaped
const unspeakable = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}|_(?=[xX][0-9A-Fa-f]{4})/gu;
const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for a worksheet: escapes of ECMA-376 Part 1, 22.9.2.19 (`_x000D_`), then those of XML. */
export function escapeXml(text: string): string {
  const spoken = text.replace(
    unspeakable,
    (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
  return spoken.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}

const dayMs = 86_400_000;
/** Day 0, so that days from 1 March 1900 on have the numbers that Excel gives them: it knows a 29 February 1900. */
const dayZero = Date.UTC(1899, 11, 30);
const firstRightDay = 61;

/** A moment as a spreadsheet counts it, in days; null before 1 March 1900. */
function serialOf(kind: 'date' | 'date-time' | 'time', text: string): number | null {
  if (kind === 'time') return (Date.parse(`1970-01-01T${text}Z`) % dayMs) / dayMs;
  const days = (Date.parse(kind === 'date' ? `${text}T00:00Z` : `${text}Z`) - dayZero) / dayMs;
  return days >= firstRightDay ? days : null;
}

/** 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnLetters(Math.floor(column / 26) - 1)}${last}`;
}
