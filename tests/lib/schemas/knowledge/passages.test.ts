import { expect, test } from 'vitest';
import { toPassages } from '#lib/schemas/knowledge/passages.ts';

const words = (count: number, word = 'word') => Array.from({ length: count }, () => word).join(' ');

test('a short text is one passage', () => {
  expect(toPassages('Fees\n\nA late fee is 5 %.\n')).toEqual(['Fees\n\nA late fee is 5 %.']);
});

test('a long text is parted at blank lines, and nothing of it is lost', () => {
  const paragraphs = Array.from({ length: 12 }, (_, index) => `Section ${index}\n${words(120)}`);
  const passages = toPassages(paragraphs.join('\n\n'));
  expect(passages.length).toBeGreaterThan(5);
  for (const passage of passages) {
    expect(passage.length).toBeLessThanOrEqual(1300);
    expect(passage).toMatch(/^Section/);
  }
  expect(passages.join('\n\n')).toBe(paragraphs.join('\n\n'));
});

test('a line that is longer than a passage is cut between words', () => {
  const passages = toPassages(words(1000));
  expect(passages.every((passage) => passage.length <= 1200 && !passage.includes('\n'))).toBe(true);
  expect(passages.join(' ')).toBe(words(1000));
});

test('a text without a word has no passages', () => expect(toPassages(' \n\n ')).toEqual([]));
