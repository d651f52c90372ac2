import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Features } from './features.ts';

/** A question of a tree: a feature, and what it is compared with; or the answer. */
export type Node = number | { feature: string; above: number; yes: Node; no: Node };

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.union([z.number(), z.object({ feature: z.string(), above: z.number(), yes: nodeSchema, no: nodeSchema })]),
);
const scorerSchema = z.object({
  /** What is known before any question, as log-odds. */
  start: z.number(),
  trees: z.array(nodeSchema),
  /** Turns log-odds, in rising order, into shares of right values: straight lines between these points. */
  calibration: z.array(z.object({ odds: z.number(), share: z.number() })).min(1),
});
export type Scorer = z.output<typeof scorerSchema>;

/** @throws ZodError for a file that `npm run train` did not write */
export function readScorer(path: string | URL): Scorer {
  return scorerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The share of values that are right of those that look like this one, 0–1. */
export function certaintyOf(scorer: Scorer, features: Features): number {
  return calibrated(scorer.calibration, oddsOf(scorer, features));
}

export function oddsOf({ start, trees }: Pick<Scorer, 'start' | 'trees'>, features: Features): number {
  return trees.reduce<number>((sum, tree) => sum + answerOf(tree, features), start);
}

function answerOf(node: Node, features: Features): number {
  let at = node;
  while (typeof at !== 'number') at = (features[at.feature] ?? 0) > at.above ? at.yes : at.no;
  return at;
}

function calibrated(points: Scorer['calibration'], odds: number): number {
  const next = points.findIndex((point) => point.odds >= odds);
  const [low, high] = [points[next - 1], points[next]];
  if (!high) return points.at(-1)?.share ?? 0.5;
  if (!low) return high.share;
  const way = (odds - low.odds) / Math.max(1e-9, high.odds - low.odds);
  return low.share + way * (high.share - low.share);
}
