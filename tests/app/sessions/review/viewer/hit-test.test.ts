import { describe, expect, it } from 'vitest';
import { findWords, placeOf, shownBoxes, wordAt, wordsIn } from '#app/sessions/[id]/review/viewer/hit-test.ts';

const at = (text: string, x: number, y: number) => ({ text, x, y, width: 0.1, height: 0.02, confidence: null });
const words = [
  at('Total', 0.1, 0.1),
  at('paid:', 0.22, 0.1),
  at('$1,234.50', 0.5, 0.101),
  at('Crédit', 0.1, 0.2),
  at('Agricole', 0.22, 0.2),
];

describe('pointing at a page', () => {
  it('takes the words whose middle lies in the box, in reading order, with a box for each line', () => {
    const indices = wordsIn({ boxes: words }, { x: 0.15, y: 0.09, width: 0.5, height: 0.13 });
    const { quote, boxes } = placeOf(words, indices.toReversed());
    expect(quote).toBe('Total paid: $1,234.50 Crédit Agricole');
    expect(boxes).toHaveLength(2);
    expect(boxes[1]).toMatchObject({ x: 0.1, y: 0.2 });
  });

  it('finds the word under a point, and none beside it', () => {
    expect(wordAt({ boxes: words }, 0.55, 0.11)).toBe(2);
    expect(wordAt({ boxes: words }, 0.9, 0.11)).toBeNull();
  });

  it('gives nothing where nothing stands', () => {
    expect(placeOf(words, [])).toEqual({ quote: '', boxes: [] });
  });
});

describe('finding a text', () => {
  it('does not mind case, accents, punctuation, and where one word ends', () => {
    expect(findWords(words, 'credit agri')).toEqual([[3, 4]]);
    expect(findWords(words, '1234.5')).toEqual([[2]]);
    expect(findWords(words, 'al')).toEqual([[0]]);
  });

  it('finds what is typed only where a word begins', () => {
    expect(findWords(words, 'al', true)).toEqual([]);
    expect(findWords(words, 'agric', true)).toEqual([[4]]);
  });

  it('finds nothing for signs alone', () => {
    expect(findWords(words, ' $.')).toEqual([]);
  });
});

it('a box of the page stands where its words are shown', () => {
  const boxes = words.map((word) => ({ x: word.x / 2, y: word.y * 2, width: 0.05, height: 0.04 }));
  const [shown] = shownBoxes({ words, boxes }, [{ x: 0.1, y: 0.2, width: 0.22, height: 0.02 }]);
  expect(shown).toMatchObject({ x: 0.05, y: 0.4 });
  expect(shown?.width).toBeCloseTo(0.11);
  const bare = [{ x: 0.8, y: 0.8, width: 0.1, height: 0.1 }];
  expect(shownBoxes({ words, boxes }, bare)).toEqual(bare);
});
