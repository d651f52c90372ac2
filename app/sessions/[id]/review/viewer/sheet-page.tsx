import type { PageView } from '#lib/core/contract/documents.ts';
import { memo } from 'react';
import { clamp } from './geometry.ts';
import type { ShownWords } from './hit-test.ts';

const rowHeight = 26;
const [narrowest, widest] = [56, 320];
const letterWidth = 7.8;
const padding = 20;

export interface Grid {
  rows: { number: number; cells: string[] }[];
  /** CSS pixels of each column, and where it begins. */
  columns: { column: number; left: number; width: number }[];
  width: number;
  height: number;
}

/** The cells of a worksheet's page; columns are as wide as what they hold. */
export function toGrid({ text }: Pick<PageView, 'text'>): Grid {
  const rows = text.split('\n').map((line, number) => ({ number, cells: line.split('\t') }));
  const count = Math.max(...rows.map(({ cells }) => cells.length));
  let left = 0;
  const columns = Array.from({ length: count }, (_, column) => {
    const longest = Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0));
    const one = { column, left, width: clamp(Math.ceil(longest * letterWidth) + padding, narrowest, widest) };
    left += one.width;
    return one;
  });
  return { rows, columns, width: left, height: rows.length * rowHeight };
}

/** Every word stands where its cell is. Words of one cell share one box. */
export function wordsOfGrid(page: Pick<PageView, 'words' | 'width' | 'height'>, grid: Grid): ShownWords {
  // Its reader laid it out on an even grid, each cell 100 by 20.
  const columns = Math.round(page.width / 100);
  const rows = Math.round(page.height / 20);
  const cells = new Map<string, { x: number; y: number; width: number; height: number }>();
  const boxes = page.words.map((word) => {
    const column = Math.floor(word.x * columns + 1e-6);
    const row = Math.round(word.y * rows);
    const key = `${row}/${column}`;
    const box = cells.get(key) ?? {
      x: (grid.columns[column]?.left ?? 0) / grid.width,
      y: (row * rowHeight) / grid.height,
      width: (grid.columns[column]?.width ?? 0) / grid.width,
      height: rowHeight / grid.height,
    };
    cells.set(key, box);
    return box;
  });
  return { words: page.words, boxes };
}

const isNumber = (text: string) => /^[-+(]?[\s$€£]*\d[\d.,\s]*[)%]?$/.test(text);

/** A worksheet as a table, its first row as its head. Rows out of sight are not laid out. */
export const SheetGrid = memo(function SheetGrid({ grid, title }: { grid: Grid; title: string | null }) {
  return (
    <div role="table" aria-label={title ?? 'Worksheet'} className="bg-canvas text-sm text-ink tabular-nums">
      {grid.rows.map(({ number, cells }) => (
        <div
          key={number}
          role="row"
          className={number === 0 ? 'flex border-b border-edge bg-surface font-medium' : 'flex border-b'}
          style={{
            height: rowHeight,
            contentVisibility: 'auto',
            containIntrinsicSize: `${grid.width}px ${rowHeight}px`,
          }}
        >
          {grid.columns.map(({ column, width }) => {
            const text = cells[column] ?? '';
            return (
              <div
                key={column}
                role={number === 0 ? 'columnheader' : 'cell'}
                title={text.length * letterWidth > width ? text : undefined}
                className={`shrink-0 truncate border-r px-2 leading-6.5 ${isNumber(text) ? 'text-right' : ''}`}
                style={{ width }}
              >
                {text}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
});
