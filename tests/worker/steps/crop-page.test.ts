import { describe, expect, it } from 'vitest';
import { textPage } from '#tests/support/text-page.ts';
import { cutPage } from '#worker/steps/crop-page.ts';

const page = textPage(3, ['Loan 1', 'Total paid: 5', 'Loan 2', 'Total paid: 7']);

describe('a part of a page', () => {
  it('says only what stands within it, at the places of the whole page', () => {
    const part = cutPage(page, { from: 2 / 50, to: 1 });
    expect(part.text).toBe('Loan 2\nTotal paid: 7');
    expect(part.layout).not.toContain('Loan 1');
    expect(part.words).toEqual(page.words.slice(5));
    expect(part.pageNum).toBe(3);
  });

  it('is the page itself when there is no region', () => {
    expect(cutPage(page, null)).toBe(page);
  });
});
