import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { turnUpright } from '#lib/core/pages/upright.ts';
import { printPage, read } from '#tests/worker/engines/builtin/support/page.ts';

type Turn = 1 | 2 | 3;

/** The page as it looks on paper that was laid down turned: its words need `turn` quarter turns clockwise. */
function laidTurned(page: Page, turn: Turn): Page {
  const size = turn === 2 ? page : { width: page.height, height: page.width };
  const place = ({ x, y, width, height }: Word) => {
    if (turn === 1) return { x: y, y: 1 - x - width, width: height, height: width };
    if (turn === 2) return { x: 1 - x - width, y: 1 - y - height, width, height };
    return { x: 1 - y - height, y: x, width: height, height: width };
  };
  const words = page.words.map((word) => ({ ...word, ...place(word), turn }));
  return { ...page, width: size.width, height: size.height, words };
}

const word: fc.Arbitrary<Word> = fc
  .record({ x: fc.double({ min: 0, max: 0.8, noNaN: true }), y: fc.double({ min: 0, max: 0.9, noNaN: true }) })
  .map(({ x, y }) => ({ text: 'word', x, y, width: 0.1, height: 0.02, confidence: null }));
const blank = { pageNum: 0, kind: 'pdf', source: 'text', title: null, text: '', layout: '' } as const;

it('words of a page that lies turned stand where they would on the upright page', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.constantFrom<Turn>(1, 2, 3), (words, turn) => {
      const page: Page = { ...blank, width: 600, height: 800, words };
      const upright = turnUpright(laidTurned(page, turn));
      expect([upright.width, upright.height]).toEqual([600, 800]);
      for (const [index, { x, y, width, height }] of upright.words.entries()) {
        const given = words[index];
        expect(x).toBeCloseTo(given?.x ?? -1, 9);
        expect(y).toBeCloseTo(given?.y ?? -1, 9);
        expect(width).toBeCloseTo(0.1, 9);
        expect(height).toBeCloseTo(0.02, 9);
      }
    }),
  );
});

const upright = printPage([
  [
    [5, 'Item'],
    [40, 'Quantity'],
    [60, 'Amount'],
  ],
  [
    [5, 'Desk'],
    [40, '2'],
    [60, '398.00'],
  ],
  [
    [5, 'Lamp'],
    [40, '4'],
    [60, '99.60'],
  ],
]);
const lines = {
  type: 'array',
  items: {
    type: 'object',
    properties: { Item: { type: 'string' }, Quantity: { type: 'number' }, Amount: { type: 'number' } },
  },
};

it.each([1, 2, 3] as const)('a table that lies turned by %i quarters is read like an upright one', (turn) => {
  expect(read({ Lines: lines }, laidTurned(upright, turn)).values).toEqual(read({ Lines: lines }, upright).values);
});

it('a table that stands sideways on an upright page mixes with none of its lines', () => {
  const letter = printPage([
    [[5, 'Dear Ann, as agreed we send you the list of what was delivered to the pier last week.']],
    [[5, 'Order number: A-778']],
  ]);
  const sideways = laidTurned(upright, 1);
  const words = [...letter.words, ...sideways.words.map((one) => ({ ...one, y: 0.3 + one.y / 2 }))];
  const { values } = read({ Order_Number: { type: 'string' }, Lines: lines }, { ...letter, words });
  expect(values).toMatchObject({ Order_Number: 'A-778', 'Lines.0.Item': 'Desk', 'Lines.1.Amount': '99.60' });
});

/** The page as it was scanned leaning, each word in the box around it. */
function leaning(page: Page, skew: number): Page {
  const [cos, sin] = [Math.cos(skew), Math.sin(skew)];
  const words = page.words.map((one) => {
    const dx = (one.x + one.width / 2 - 0.5) * page.width;
    const dy = (one.y + one.height / 2 - 0.5) * page.height;
    const [long, high] = [one.width * page.width, one.height * page.height];
    const width = (long * cos + high * Math.abs(sin)) / page.width;
    const height = (long * Math.abs(sin) + high * cos) / page.height;
    const x = 0.5 + (dx * cos - dy * sin) / page.width - width / 2;
    const y = 0.5 + (dx * sin + dy * cos) / page.height - height / 2;
    return { ...one, x, y, width, height };
  });
  return { ...page, words, skew };
}

it('words of a page that was scanned leaning stand where they would on the level page', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.double({ min: -0.15, max: 0.15, noNaN: true }), (words, skew) => {
      const page: Page = { ...blank, width: 600, height: 800, words };
      for (const [index, { x, y, width, height }] of turnUpright(leaning(page, skew)).words.entries()) {
        expect(x).toBeCloseTo(words[index]?.x ?? -1, 6);
        expect(y).toBeCloseTo(words[index]?.y ?? -1, 6);
        expect(width).toBeCloseTo(0.1, 6);
        expect(height).toBeCloseTo(0.02, 6);
      }
    }),
  );
});

it('a table that leans is read like a level one', () => {
  expect(read({ Lines: lines }, leaning(upright, 0.06)).values).toEqual(read({ Lines: lines }, upright).values);
});
