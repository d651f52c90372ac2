import type { Page, Word } from '#lib/core/pages/page.ts';

/** Text without a layout of its own is laid out on pages of this many columns. */
const columns = 100;
/** A page that is nearly empty keeps lines of a usual height. */
const minRows = 50;
/** About so many characters make a page where the file has no page breaks. */
const pageCharacters = 3000;

/** Parts lines into pages at about 3,000 characters, never within a line. */
export function paginate(lines: readonly string[]): string[][] {
  const pages: string[][] = [[]];
  let characters = 0;
  for (const line of lines) {
    if (characters > 0 && characters + line.length > pageCharacters) {
      pages.push([]);
      characters = 0;
    }
    pages.at(-1)?.push(line);
    characters += line.length + 1;
  }
  return pages;
}

/** Lays lines out on an even grid, so that every word has a box. Tabs part the cells of a table's row. */
export function textPage(pageNum: number, lines: readonly string[], title: string | null = null): Page {
  const wrapped = lines.flatMap(wrap);
  const rows = Math.max(wrapped.length, minRows);
  const words = wrapped.flatMap((line, row) => wordsOfLine(line, row, rows));
  const layout = wrapped.join('\n').trimEnd();
  const text = lines.join('\n').trim();
  return { pageNum, kind: 'text', source: 'text', width: columns * 6, height: rows * 12, title, words, text, layout };
}

function wordsOfLine(line: string, row: number, rows: number): Word[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: match.index / columns,
    y: row / rows,
    width: Math.min(match[0].length, columns - match.index) / columns,
    height: 1 / rows,
    confidence: null,
  }));
}

function wrap(line: string): string[] {
  const spaced = line.replaceAll('\t', '    ');
  if (spaced.length <= columns) return [spaced];
  const rows: string[] = [];
  let row = '';
  for (const word of spaced.split(/(?<=\s)/)) {
    if (row.length + word.trimEnd().length > columns && row !== '') {
      rows.push(row.trimEnd());
      row = '';
    }
    row += word;
    while (row.length > columns) {
      rows.push(row.slice(0, columns));
      row = row.slice(columns);
    }
  }
  return row.trim() === '' ? rows : [...rows, row.trimEnd()];
}
