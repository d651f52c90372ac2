import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Page, Word } from '#lib/core/pages/page.ts';
import { isStorable, toStorable } from '#lib/core/storable.ts';
import { admitPage } from '#worker/readers/sandbox/admit-page.ts';

function word(text: string): Word {
  return { text, x: 0.1, y: 0.2, width: 0.5, height: 0.01, confidence: null };
}

function page(words: Word[], text = ''): Page {
  return { pageNum: 0, kind: 'text', source: 'text', width: 1, height: 1, title: 'a\0b', words, text, layout: text };
}

test('a NUL in a word is dropped, and so is a word of nothing else', () => {
  const admitted = admitPage(page([word('R-20\u000041'), word('\0'), word('Northwind')], 'R-20\u000041 \ud83d'));
  expect(admitted.words.map(({ text }) => text)).toEqual(['R-2041', 'Northwind']);
  expect(admitted).toMatchObject({ title: 'ab', text: 'R-2041 \ufffd', layout: 'R-2041 \ufffd' });
});

test('a word of more than 1,000 characters becomes several beside each other', () => {
  const { words } = admitPage(page([word('x'.repeat(2500))]));
  expect(words.map(({ text }) => text.length)).toEqual([1000, 1000, 500]);
  expect(words.map(({ x }) => x)).toEqual([expect.closeTo(0.1), expect.closeTo(0.3), expect.closeTo(0.5)]);
  expect(words.map(({ width }) => width)).toEqual([expect.closeTo(0.2), expect.closeTo(0.2), expect.closeTo(0.1)]);
});

test('whatever a reader finds, no text is lost and all of it can be stored', () => {
  const piece = fc.oneof(
    fc.constantFrom('\0', '\ud83d', '\ude00', '😀', 'a'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const text = fc.tuple(piece, fc.integer({ min: 0, max: 1500 })).map(([one, times]) => `${one.repeat(times)}!`);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      const { words } = admitPage(page(texts.map(word)));
      expect(words.every((one) => isStorable(one.text) && one.text.length <= 1000)).toBe(true);
      expect(words.map((one) => one.text).join('')).toBe(texts.map(toStorable).join(''));
    }),
    { numRuns: 20 },
  );
});
