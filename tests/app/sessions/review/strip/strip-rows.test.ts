import type { PageState } from '#lib/core/contract/sessions.ts';
import { describe, expect, it } from 'vitest';
import { letterOf, moveOf, type StripBoundary, toStripRows } from '#app/sessions/[id]/review/strip/strip-rows.ts';

const pagesOf = (...accounts: number[][]): PageState[] =>
  accounts.map((indexes, page_num) => ({
    document_id: 'd',
    page_num,
    status: 'completed',
    source: 'text',
    title: null,
    accounts: indexes,
    needs_attention: 0,
    failure: null,
  }));
const reasons = { for: ['Another number'], against: [] };
const accounts = [0, 1, 2].map((account_index) => ({
  document_id: 'd',
  account_index,
  boundaries: account_index === 1 ? [{ page_num: 3, reasons, certainty: 0.9 }] : [],
}));
const rowsOf = (pages: PageState[]) => toStripRows([{ id: 'd', name: 'packet.pdf' }], accounts, pages);
const boundariesOf = (pages: PageState[]): StripBoundary[] =>
  rowsOf(pages).flatMap((row) => (row.kind === 'boundary' ? [row.boundary] : []));

describe('the strip of pages', () => {
  it('parts accounts, and says why', () => {
    const rows = rowsOf(pagesOf([0], [0], [0], [1], [1], [2]));
    expect(rows.map((row) => (row.kind === 'page' ? row.letters : row.kind))).toEqual([
      'A',
      'A',
      'A',
      'boundary',
      'B',
      'B',
      'boundary',
      'C',
    ]);
    expect(rows[3]).toMatchObject({
      boundary: { pageNum: 3, before: 0, behind: 1, least: 1, most: 4, reasons, certainty: 0.9 },
    });
  });

  it('lets a boundary move as long as both accounts keep a page', () => {
    const [boundary] = boundariesOf(pagesOf([0], [0], [0], [1], [1], [2]));
    expect(boundary && moveOf(boundary, 1)).toEqual({ documentId: 'd', pages: [1, 2], accountIndex: 1 });
    expect(boundary && moveOf(boundary, 4)).toEqual({ documentId: 'd', pages: [3], accountIndex: 0 });
    expect(boundary && moveOf(boundary, 3)).toBeNull();
  });

  it('lets pages of no account go to the first, and never back', () => {
    const [boundary] = boundariesOf(pagesOf([], [], [0], [0]));
    expect(boundary).toMatchObject({ before: null, behind: 0, least: 0, most: 2 });
    expect(boundary && moveOf(boundary, 0)).toEqual({ documentId: 'd', pages: [0, 1], accountIndex: 0 });
  });

  it('never moves a page that two accounts share', () => {
    const [boundary] = boundariesOf(pagesOf([0], [0, 1], [1], [2]));
    expect(boundary).toMatchObject({ pageNum: 3, before: 1, least: 2 });
  });

  it('names documents only where there are several', () => {
    const two = toStripRows(
      [
        { id: 'd', name: 'a.pdf' },
        { id: 'e', name: 'b.pdf' },
      ],
      [],
      pagesOf([0]),
    );
    expect(two.map(({ kind }) => kind)).toEqual(['document', 'page', 'document']);
  });

  it('counts accounts in letters', () => {
    expect([0, 25, 26, 51, 52, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'AAA']);
  });
});
