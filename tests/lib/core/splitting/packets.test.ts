import { describe, expect, it } from 'vitest';
import { hardCases, makePacket } from '#tests/support/loan-packet.ts';
import { score, splitPacket } from '#tests/support/loan-packet/score.ts';

// `npm run bench -- split` measures the same over 200 other seeds.
const seeds = Array.from({ length: 40 }, (_, index) => 500 + index);

describe('splitting made loan packets', () => {
  it('is right on every page, boundary and shared page of printed ones', () => {
    const wrong = seeds.flatMap((seed) => {
      const packet = makePacket(seed);
      return score(packet, splitPacket(packet)).wrong.map((what) => `seed ${seed}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });

  it('is right on at least 98 % of the pages of scanned ones', () => {
    const scores = seeds.map((seed) => {
      const packet = makePacket(seed, { scanned: true });
      return score(packet, splitPacket(packet));
    });
    const right = scores.reduce((sum, one) => sum + one.rightPages, 0);
    const all = scores.reduce((sum, one) => sum + one.pages, 0);
    expect(right / all).toBeGreaterThanOrEqual(0.98);
  });

  it('meets each hard case in at least a tenth of the packets', () => {
    const met = Array.from({ length: 200 }, (_, index) => makePacket(100_000 + index).cases);
    const rare = hardCases.filter((name) => met.filter((cases) => cases.has(name)).length < met.length / 10);
    expect(rare).toEqual([]);
  });

  it('gives the same result every time', () => {
    expect(splitPacket(makePacket(7, { scanned: true }))).toEqual(splitPacket(makePacket(7, { scanned: true })));
  });

  it('splits 2,000 pages of which each account begins several times', () => {
    const { pages, definition, ...truth } = makePacket(1, { accounts: 40, pagesPerAccount: 12, cases: [] });
    const long = Array.from({ length: 5 }, () => pages)
      .flat()
      .slice(0, 2000);
    const { accounts } = splitPacket({
      ...truth,
      definition,
      pages: long.map((page, pageNum) => ({ ...page, pageNum })),
    });
    expect(accounts).toHaveLength(40);
  });
});
