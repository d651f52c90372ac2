import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KnowledgeFile } from '#lib/core/schema/definition.ts';
import { keepPassages } from '#lib/schemas/knowledge/reading.ts';
import { openReferences, passageTokens, wholeTokens } from '#lib/schemas/knowledge/references.ts';
import { estimateTokens } from '#lib/core/prompt/tokens.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

async function kept(name: string, passages: string[]): Promise<KnowledgeFile> {
  const sha256 = createHash('sha256').update(name).digest('hex');
  await keepPassages(context.db, sha256, passages);
  return { name, sha256, type: 'txt' };
}

const filler = Array.from({ length: 150 }, (_, index) =>
  `the general terms of all loans apply here ${index} `.repeat(3),
);
/** Far too long to stand whole; two of its passages speak of rare things. */
const manual = filler.map((text, index) => {
  const special =
    index === 40 ? ' escrow shortage spread over twelve months' : index === 90 ? " the borrower's demurrage" : '';
  return `${text.repeat(4)}${special}`;
});

describe('reference documents', () => {
  it('stand whole while they fit, in the order of the definition, the passages of one joined', async () => {
    const files = [await kept('b.txt', ['second', 'third']), await kept('a.txt', ['first'])];
    const { whole, passagesFor } = await openReferences(context.db, files);
    expect(whole).toEqual([
      { name: 'b.txt', text: 'second\nthird' },
      { name: 'a.txt', text: 'first' },
    ]);
    expect(await passagesFor('second')).toEqual([]);
  });

  it('give the passages that fit a page best when they are too long, while short ones still stand whole', async () => {
    expect(estimateTokens(manual.join('\n'))).toBeGreaterThan(wholeTokens);
    const files = [await kept('manual.txt', manual), await kept('glossary.txt', ['APR: annual percentage rate'])];
    const { whole, passagesFor } = await openReferences(context.db, files);
    expect(whole.map(({ name }) => name)).toEqual(['glossary.txt']);
    const [best, ...others] = await passagesFor('Notice of an escrow shortage. The terms of the loan apply.');
    expect(best).toEqual({ name: 'manual.txt, passage 41', text: manual[40] });
    expect(others).toEqual([]);
    const quoted = await passagesFor("it's demurrage \\ that 'counts'");
    expect(quoted.map(({ name }) => name)).toEqual(['manual.txt, passage 91']);
  });

  it('give the same passages for the same page, within their budget', async () => {
    const many = filler.map((text, index) => `${text.repeat(4)} shortage ${index}`);
    const { passagesFor } = await openReferences(context.db, [await kept('many.txt', many)]);
    const page = 'numbers 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59 61';
    const passages = await passagesFor(page);
    expect(passages.length).toBeGreaterThan(2);
    expect(passages.reduce((sum, { text }) => sum + estimateTokens(text), 0)).toBeLessThanOrEqual(passageTokens);
    expect(await passagesFor(page)).toEqual(passages);
    expect(await passagesFor('§ – !')).toEqual([]);
  });

  it('are none when nobody has read them', async () => {
    const file: KnowledgeFile = { name: 'x', sha256: 'f'.repeat(64), type: 'pdf' };
    expect((await openReferences(context.db, [file])).whole).toEqual([]);
  });
});
