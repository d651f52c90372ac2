import type { Scorer } from '#worker/engines/builtin/certainty/model.ts';

export interface Judged {
  odds: number;
  isRight: boolean;
}

/** The fewest values that one point of the calibration rests on. */
const minCount = 20;
/** Nothing is ever learned from so many values that it is certain. */
const doubt = 1;

/**
 * Turns log-odds of values that took no part in the learning into shares of right ones: isotonic regression by pooling
 * neighbours that are in the wrong order, each share held back a little by how few values it rests on.
 */
export function calibrate(judged: readonly Judged[]): Scorer['calibration'] {
  const sorted = judged.toSorted((a, b) => a.odds - b.odds);
  const pools: { odds: number; right: number; count: number }[] = [];
  for (let at = 0; at < sorted.length; at += minCount) {
    const part = sorted.slice(at, at + minCount);
    const right = part.filter(({ isRight }) => isRight).length;
    pools.push({ odds: part.reduce((sum, { odds }) => sum + odds, 0), right, count: part.length });
    while (pools.length > 1 && shareOf(pools.at(-2)) >= shareOf(pools.at(-1))) {
      const [low, high] = pools.splice(-2);
      if (low && high)
        pools.push({ odds: low.odds + high.odds, right: low.right + high.right, count: low.count + high.count });
    }
  }
  return pools.map(({ odds, right, count }) => ({
    odds: round(odds / count),
    share: round(right / (count + doubt)),
  }));
}

function shareOf(pool: { right: number; count: number } | undefined): number {
  return pool ? pool.right / pool.count : 0;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;
