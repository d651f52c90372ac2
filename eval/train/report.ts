import { sureShare } from '#lib/core/values/trust.ts';
import { certaintyOf, type Scorer } from '#worker/engines/builtin/certainty/model.ts';
import { rank } from '#eval/ranking.ts';
import type { Example } from './examples.ts';
import { foldCount } from './folds.ts';

/** An example, and the scorer that has not seen its layout. */
export interface Trial {
  example: Example;
  scorer: Scorer;
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
const bands = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01];

/** How far the learned certainty is what it says, in Markdown: of layouts that took no part in the learning. */
export function reportOf(trials: readonly Trial[], sources: readonly string[]): string {
  const judged = trials.map(({ example, scorer }) => ({
    ...example,
    score: certaintyOf(scorer, example.features),
  }));
  const reliability = bands.slice(1).map((to, at) => {
    const from = bands[at] ?? 0;
    const part = judged.filter(({ score }) => score >= from && score < to);
    const right = part.filter(({ isRight }) => isRight).length;
    const said = part.reduce((sum, { score }) => sum + score, 0);
    return `| ${from.toFixed(2)}–${Math.min(1, to).toFixed(2)} | ${part.length} | ${percent(said, part.length)} | ${percent(right, part.length)} |`;
  });
  const sets = [...Map.groupBy(judged, ({ set }) => set)].toSorted(([a], [b]) => a.localeCompare(b));
  return [
    '# What the built-in engine learned of its own mistakes',
    '',
    '`npm run train -- DIR…` writes this file, and `worker/engines/builtin/certainty/weights.json`.',
    '',
    `${judged.length} values outside tables, of ${new Set(judged.map(({ layout }) => layout)).size} layouts. Each was judged by what was learned from the other four of ${foldCount} parts; documents of one layout are in one part. A value is silent when its certainty is at least ${sureShare}.`,
    '',
    '| certainty | values | it says | right |',
    '| --- | --- | --- | --- |',
    ...reliability,
    '',
    '| set | values | right | AUROC | silent | wrong of the silent | right but flagged |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...sets.map(([set, list]) => rowOf(set, list)),
    rowOf('all', judged),
    '',
    `Learned from: ${sources.join(', ')}.`,
    '',
  ].join('\n');
}

function rowOf(name: string, list: readonly { score: number; isRight: boolean }[]): string {
  const right = list.filter(({ isRight }) => isRight);
  const silent = list.filter(({ score }) => score >= sureShare);
  const auroc = rank(list).auroc;
  const flagged = right.filter(({ score }) => score < sureShare).length;
  const cells = [
    name,
    list.length,
    percent(right.length, list.length),
    auroc === null ? '–' : auroc.toFixed(3),
    silent.length,
    percent(silent.filter(({ isRight }) => !isRight).length, silent.length),
    percent(flagged, right.length),
  ];
  return `| ${cells.join(' | ')} |`;
}
