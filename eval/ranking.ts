/** How well a score ranks right values above wrong ones. */
export interface Ranking {
  /** The area under the ROC curve: 1 when every right value scores higher than every wrong one, ½ for chance; null without both. */
  auroc: number | null;
  right: number;
  wrong: number;
}

/** By the Mann–Whitney statistic: of all pairs of a right and a wrong value, the part that is in order; ties count half. */
export function rank(scored: readonly { score: number; isRight: boolean }[]): Ranking {
  const right = scored.filter(({ isRight }) => isRight);
  const wrong = scored.filter(({ isRight }) => !isRight);
  const points = right.reduce(
    (sum, { score }) =>
      sum + wrong.reduce((won, other) => won + (score > other.score ? 1 : score === other.score ? 0.5 : 0), 0),
    0,
  );
  const pairs = right.length * wrong.length;
  return { auroc: pairs === 0 ? null : points / pairs, right: right.length, wrong: wrong.length };
}
