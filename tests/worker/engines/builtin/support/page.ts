import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { readPage } from '#worker/engines/builtin/engine.ts';

/** Text at a place across the page, in characters from the left. */
export type Piece = [column: number, text: string];

const columns = 100;
const rows = 60;

/** A printed page: each line is its pieces, one row of the page per line. */
export function printPage(lines: readonly (readonly Piece[])[], source: Page['source'] = 'text'): Page {
  const words = lines.flatMap((pieces, row) => pieces.flatMap(([column, text]) => wordsOf(column, text, row)));
  const text = lines.map((pieces) => pieces.map(([, piece]) => piece).join(' ')).join('\n');
  return { pageNum: 0, kind: 'pdf', source, width: 600, height: 800, title: null, words, text, layout: text };
}

function wordsOf(column: number, text: string, row: number): Word[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    x: (column + match.index) / columns,
    y: (row + 0.2) / rows,
    width: match[0].length / columns,
    height: 0.75 / rows,
    confidence: null,
  }));
}

/** What the engine reads on the page, as printed, by path: `Payments.0.Amount`. */
export function read(properties: Record<string, unknown>, page: Page, locale = 'en-US') {
  const fields = { type: 'object', properties };
  const definition = parseDefinition({ slug: 'test', name: 'Test', locale, fields });
  const { leaves, rowsSeen } = readPage({ definition, page, accountNumber: null });
  const values = Object.fromEntries(leaves.map((leaf) => [leaf.path.join('.'), leaf.value]));
  return { values, rowsSeen, leaves };
}
