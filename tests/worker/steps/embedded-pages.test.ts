import { describe, expect, it } from 'vitest';
import type { SplitResult } from '#lib/core/splitting/types.ts';
import { pack, unpack } from '#worker/steps/packed.ts';
import { decideSplit, findEvidence } from '#worker/steps/evidence.ts';
import { loanSchema, mapOf, pagesOf } from '#tests/support/split-text.ts';

const letter = (number: string) => `Account number: ${number}\nThe balance of this loan is 12.00`;

/** Splits pages of which the last shows an embedded file. */
function splitWith(texts: readonly string[], embedded: string, definition = loanSchema()): SplitResult {
  const pages = pagesOf([...texts, embedded]);
  const evidence = pages.map((page, index) => {
    const shown = index < texts.length ? page : { ...page, isEmbedded: true as const };
    return pack(unpack(findEvidence({ definition, page: shown })));
  });
  return decideSplit({ definition, evidence });
}

describe('a page that shows an embedded file', () => {
  it('belongs to the record of the page before it', () => {
    expect(mapOf(splitWith([letter('100-1'), letter('100-2')], 'Seller: Heron'))).toEqual({
      '100-1': [0],
      '100-2': [1, 2],
    });
  });

  it('belongs to the record whose number it names, and its boundary says so', () => {
    const split = splitWith([letter('100-1'), letter('100-2')], letter('100-1'));
    expect(mapOf(split)).toEqual({ '100-1': [0, 2], '100-2': [1] });
    expect(split.boundaries.at(-1)).toMatchObject({ pageNum: 2, accountIndex: 0 });
  });

  it('begins no record of its own, whatever number it names', () => {
    expect(mapOf(splitWith([letter('100-1')], letter('200-7')))).toEqual({ '100-1': [0, 1] });
  });

  it('does not count where every record has the same number of pages', () => {
    const schema = loanSchema({ pages: 1 });
    expect(mapOf(splitWith([letter('100-1'), letter('100-2')], 'Seller: Heron', schema))).toEqual({
      '100-1': [0],
      '100-2': [1, 2],
    });
  });
});
