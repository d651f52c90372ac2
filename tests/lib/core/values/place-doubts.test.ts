import { describe, expect, it } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { withPlaceDoubts } from '#lib/core/values/place-doubts.ts';
import type { Value } from '#lib/core/values/value.ts';
import { textPage } from '#tests/support/text-page.ts';

const definition = parseDefinition({
  slug: 'order',
  name: 'Order',
  fields: {
    type: 'object',
    properties: {
      Total: { type: 'number' },
      Net: { type: 'number' },
      Lines: {
        type: 'array',
        items: { type: 'object', properties: { Item: { type: 'string' }, Price: { type: 'number' } } },
      },
    },
  },
});
const page = textPage(0, ['Total: 12.00', '', 'Nothing else stands here', '', '', '', '', '77.00']);

const at = (path: Value['path'], x: number, y: number, signals: Value['signals'] = []): Value => ({
  path,
  label: String(path.at(-1)),
  type: 'number',
  value: 1,
  raw: '1',
  state: 'found',
  evidence: { pageNum: 0, quote: '1', boxes: [{ x, y, width: 0.05, height: 0.01 }] },
  trust: 0.9,
  signals,
  checks: [],
});
const boxOf = (text: string) => page.words.find((word) => word.text === text) ?? { x: 0, y: 0 };
const doubts = (leaves: Value[]) =>
  withPlaceDoubts(definition, page, leaves).map(({ signals }) => signals.find(({ ok }) => !ok)?.detail ?? null);
const row = (number: number, y: number, price = 0.8, shift = 0): Value[] => [
  at(['Lines', number, 'Item'], 0.1, y),
  at(['Lines', number, 'Price'], price, y + shift),
];

describe("where a model's values stand", () => {
  it('a cell outside its column, or in another row, is doubted', () => {
    const rows = [...row(0, 0.2), ...row(1, 0.3), ...row(2, 0.4), ...row(3, 0.5, 0.3)];
    expect(doubts(rows)).toEqual([...Array.from({ length: 7 }, () => null), 'stands outside the column of its field']);
    const other = [
      at(['Lines', 0, 'Item'], 0.1, 0.2),
      at(['Lines', 0, 'Code'], 0.5, 0.2),
      at(['Lines', 0, 'Price'], 0.8, 0.3),
      ...row(1, 0.3),
    ];
    expect(doubts(other)[2]).toBe('stands in another row');
  });

  it('two fields at one place are doubted, and a value far from any label of its field', () => {
    const { x, y } = boxOf('12.00');
    expect(doubts([at(['Total'], x, y), at(['Net'], x, y)])).toEqual([
      'stands where Net does',
      'stands where Total does',
    ]);
    expect(doubts([at(['Total'], x, y)])).toEqual([null]);
    const far = boxOf('77.00');
    expect(doubts([at(['Total'], far.x, far.y)])).toEqual(['stands near no label of its field']);
  });

  it('what the second opinion confirms is left alone', () => {
    const far = boxOf('77.00');
    const agreed = { name: 'agreement', ok: true, detail: 'the built-in engine reads the same' };
    expect(doubts([at(['Total'], far.x, far.y, [agreed])])).toEqual([null]);
  });
});
