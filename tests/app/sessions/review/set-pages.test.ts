import { describe, expect, it } from 'vitest';
import { toLines, toProse } from '#app/sessions/[id]/review/viewer/prose.ts';
import { toGrid, wordsOfGrid } from '#app/sessions/[id]/review/viewer/sheet-page.tsx';
import { gridPage } from '#worker/readers/grid-page.ts';
import { textPage } from '#tests/support/text-page.ts';

describe('a text page', () => {
  const lines = [
    'Loan agreement',
    'Between the bank and Ann.',
    '',
    '- first',
    'Date\tAmount',
    '2025-01-02\t12.50',
    'End.',
  ];
  const page = textPage(0, lines);

  it('is set as headings, items, tables and lines', () => {
    const blocks = toProse(page.text, page.words);
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'line', 'space', 'item', 'table', 'line']);
  });

  it('links every word to that of the page, also one that was cut at the end of a line', () => {
    const long = textPage(0, ['a'.repeat(250), 'end']);
    expect(long.words).toHaveLength(4);
    const pieces = toLines(long.text, long.words).flatMap((line) => line.pieces);
    expect(pieces.map(({ words }) => words)).toEqual([[0, 1, 2], [3]]);
    const told = toLines(page.text, page.words).flatMap((line) => line.pieces.flatMap(({ words }) => words));
    expect(told).toEqual(page.words.map((_, index) => index));
  });
});

describe('a worksheet', () => {
  const page = gridPage(0, {
    title: 'Sheet1',
    rows: [
      [
        { row: 0, column: 0, text: 'Name' },
        { row: 0, column: 3, text: 'Total amount' },
      ],
      [{ row: 4, column: 3, text: '12.50' }],
    ],
  });
  const grid = toGrid(page);

  it('has a column for each that holds something, as wide as what it holds', () => {
    expect(grid.rows.map(({ cells }) => cells)).toEqual([
      ['Name', 'Total amount'],
      ['', '12.50'],
    ]);
    expect(grid.columns[1]?.width).toBeGreaterThan(grid.columns[0]?.width ?? 0);
  });

  it('shows words in their cells; those of one cell share its box', () => {
    const { boxes } = wordsOfGrid(page, grid);
    expect(page.words.map(({ text }) => text)).toEqual(['Name', 'Total', 'amount', '12.50']);
    expect(boxes[1]).toBe(boxes[2]);
    expect(boxes[3]?.x).toBe(boxes[1]?.x);
    expect(boxes[3]?.y).toBe(0.5);
    expect((boxes[1]?.x ?? 0) + (boxes[1]?.width ?? 0)).toBeCloseTo(1);
  });
});
