import { expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { readTerms } from '#lib/core/values/electronic-invoice.ts';

const place = { x: 0, y: 0, width: 0.1, height: 0.01, confidence: null };
const word = (text: string, id: string, line: number): Word => ({ ...place, text, term: { id, line } });

function pageOf(lines: readonly [name: string, quantity: string, amount: string][]): Page {
  const words = lines.flatMap(([name, quantity, amount], line) => [
    word(name, 'BT-153', line + 1),
    word(quantity, 'BT-129', line + 1),
    word(amount, 'BT-131', line + 1),
  ]);
  const about = { pageNum: 0, kind: 'text', source: 'text', width: 600, height: 800 } as const;
  return { ...about, title: null, words, text: '', layout: '' };
}

it('a heading among the lines, of nothing that costs nothing, is no line; a gift is one', () => {
  const columns = { Description: { type: 'string' }, Quantity: { type: 'number' }, Amount: { type: 'number' } };
  const lines = { type: 'array', 'x-en16931': 'BG-25', items: { type: 'object', properties: columns } };
  const { fields } = parseDefinition({ type: 'object', properties: { Lines: lines } }, { slug: 'x' });
  const page = pageOf([
    ['Food', '0', '0.00'],
    ['Olives', '2', '8.00'],
    ['Sample', '1', '0.00'],
  ]);
  const named = readTerms(fields, page).filter(({ path }) => path.at(-1) === 'Description');
  expect(named.map(({ path, value }) => [path[1], value])).toEqual([
    [0, 'Olives'],
    [1, 'Sample'],
  ]);
});
