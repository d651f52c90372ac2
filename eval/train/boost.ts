import type { Features } from '#worker/engines/builtin/certainty/features.ts';
import { type Node, oddsOf, type Scorer } from '#worker/engines/builtin/certainty/model.ts';
import type { Example } from './examples.ts';

type Learned = Pick<Scorer, 'start' | 'trees'>;

interface BoostOptions {
  trees: number;
  depth: number;
  /** How much of each step is taken. */
  rate: number;
  /** Keeps answers of few examples small. */
  ridge: number;
  /** The least that an answer rests on, in weights. */
  minWeight: number;
}

const usualBoost: BoostOptions = { trees: 60, depth: 3, rate: 0.1, ridge: 2, minWeight: 2 };
/** Places at which a feature is asked, at most. */
const maxCuts = 12;

interface Row {
  features: Features;
  weight: number;
  isRight: boolean;
  odds: number;
  /** First and second derivative of the loss. */
  slope: number;
  bend: number;
}

/** Gradient-boosted trees on the logistic loss, by Newton's steps; the same examples give the same trees. */
export function boost(examples: readonly Example[], options: BoostOptions = usualBoost): Learned {
  const right = examples.reduce((sum, { isRight, weight }) => sum + (isRight ? weight : 0), 1);
  const all = examples.reduce((sum, { weight }) => sum + weight, 2);
  const start = Math.log(right / (all - right));
  const rows = examples.map((one): Row => ({ ...one, odds: start, slope: 0, bend: 0 }));
  const cuts = cutsOf(examples);
  const trees: Node[] = [];
  for (let round = 0; round < options.trees; round++) {
    for (const row of rows) {
      const share = 1 / (1 + Math.exp(-row.odds));
      row.slope = row.weight * ((row.isRight ? 1 : 0) - share);
      row.bend = row.weight * share * (1 - share);
    }
    const tree = grow(rows, cuts, options, options.depth);
    for (const row of rows) row.odds += oddsOf({ start: 0, trees: [tree] }, row.features);
    trees.push(tree);
  }
  return { start: round4(start), trees };
}

const round4 = (value: number) => Math.round(value * 1e4) / 1e4;

/** By feature, the values at which it is asked. */
function cutsOf(examples: readonly Example[]): Map<string, number[]> {
  const names = [...new Set(examples.flatMap(({ features }) => Object.keys(features)))].toSorted();
  return new Map(
    names.map((name) => {
      const values = [...new Set(examples.map(({ features }) => features[name] ?? 0))].toSorted((a, b) => a - b);
      const middles = values.slice(1).map((value, at) => round4((value + (values[at] ?? 0)) / 2));
      const step = Math.max(1, middles.length / maxCuts);
      return [
        name,
        Array.from({ length: Math.min(maxCuts, middles.length) }, (_, at) => middles[Math.floor(at * step)] ?? 0),
      ];
    }),
  );
}

function grow(rows: readonly Row[], cuts: ReadonlyMap<string, number[]>, options: BoostOptions, depth: number): Node {
  const total = sumOf(rows);
  const leaf = round4((options.rate * total.slope) / (total.bend + options.ridge));
  if (depth === 0) return leaf;
  let best: { feature: string; above: number; gain: number } | null = null;
  for (const [feature, places] of cuts) {
    for (const above of places) {
      const gain = gainOf(rows, total, feature, above, options);
      if (gain > (best?.gain ?? 1e-6)) best = { feature, above, gain };
    }
  }
  if (!best) return leaf;
  const { feature, above } = best;
  const isYes = ({ features }: Row) => (features[feature] ?? 0) > above;
  return {
    feature,
    above,
    yes: grow(rows.filter(isYes), cuts, options, depth - 1),
    no: grow(
      rows.filter((row) => !isYes(row)),
      cuts,
      options,
      depth - 1,
    ),
  };
}

interface Sum {
  slope: number;
  bend: number;
  weight: number;
}

function sumOf(rows: readonly Row[]): Sum {
  const sum = { slope: 0, bend: 0, weight: 0 };
  for (const { slope, bend, weight } of rows) {
    sum.slope += slope;
    sum.bend += bend;
    sum.weight += weight;
  }
  return sum;
}

function gainOf(
  rows: readonly Row[],
  total: Sum,
  feature: string,
  above: number,
  { ridge, minWeight }: BoostOptions,
): number {
  const yes = { slope: 0, bend: 0, weight: 0 };
  for (const { features, slope, bend, weight } of rows) {
    if ((features[feature] ?? 0) <= above) continue;
    yes.slope += slope;
    yes.bend += bend;
    yes.weight += weight;
  }
  if (yes.weight < minWeight || total.weight - yes.weight < minWeight) return 0;
  const worth = (slope: number, bend: number) => slope ** 2 / (bend + ridge);
  return (
    worth(yes.slope, yes.bend) + worth(total.slope - yes.slope, total.bend - yes.bend) - worth(total.slope, total.bend)
  );
}
