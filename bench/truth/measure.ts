import { judge, type Judgement } from '#eval/judge.ts';
import { extract } from '#eval/local/extract.ts';
import type { Sample } from '#eval/local/sets.ts';
import { rank } from '#eval/ranking.ts';
import type { Scorer } from '#worker/engines/builtin/certainty/model.ts';

/** What was read of one document, and how long its pages took. */
export interface Truth {
  set: string;
  judgements: Judgement[];
  pages: number;
  ms: number;
}

/** Extracts a document without an app, with what a scorer says of each value, and judges it. */
export function measureTruth(sample: Sample, scorer: Scorer | null): Truth {
  const started = performance.now();
  const read = extract(sample.definition, sample.pages, scorer);
  const ms = performance.now() - started;
  return { set: sample.set, judgements: judge(sample, read), pages: sample.pages.length, ms };
}

const percent = (part: number, whole: number) =>
  (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`).padStart(8);
/** Smaller sets say too little: they count together. */
const minValues = 200;

/** A table for each way to judge, by set. */
export function truthLines(ways: Readonly<Record<string, readonly Truth[]>>): string[] {
  return Object.entries(ways).flatMap(([name, truths]) => {
    const bySet = Map.groupBy(truths, ({ set }) => set);
    const sizeOf = (list: readonly Truth[]) => list.reduce((sum, { judgements }) => sum + judgements.length, 0);
    const small = [...bySet.values()].filter((list) => sizeOf(list) < minValues).flat();
    return [
      '',
      `${name.padEnd(24)}  values     right     wrong   silent of the unflagged   right but flagged   AUROC`,
      ...[...bySet].map(([set, list]) => lineOf(set, list)),
      lineOf(`sets under ${minValues}`, small),
      lineOf('all', truths),
      speedLine(truths),
    ];
  });
}

function lineOf(name: string, truths: readonly Truth[]): string {
  const judged = truths.flatMap(({ judgements }) => judgements);
  const count = (verdict: Judgement['verdict']) => judged.filter((one) => one.verdict === verdict).length;
  const found = judged.filter(({ trust }) => trust !== null);
  const silent = found.filter(({ isFlagged }) => !isFlagged);
  const right = found.filter(({ verdict }) => verdict === 'right');
  const flagged = right.filter(({ isFlagged }) => isFlagged).length;
  const wrong = silent.filter(({ verdict }) => verdict === 'wrong').length;
  const { auroc } = rank(found.map(({ trust, verdict }) => ({ score: trust ?? 0, isRight: verdict === 'right' })));
  return [
    name.padEnd(24),
    String(judged.length).padStart(7),
    percent(count('right'), judged.length),
    percent(count('wrong'), judged.length),
    `${percent(wrong, silent.length)} (${wrong} of ${silent.length})`.padEnd(24),
    percent(flagged, right.length).padStart(16),
    (auroc === null ? '–' : auroc.toFixed(3)).padStart(12),
  ].join('  ');
}

/** Of the engine and grounding, a page: what half and nearly all of the documents take. */
function speedLine(truths: readonly Truth[]): string {
  const perPage = truths.map(({ ms, pages }) => ms / Math.max(1, pages)).toSorted((a, b) => a - b);
  const at = (share: number) => (perPage[Math.floor(share * (perPage.length - 1))] ?? 0).toFixed(1);
  return `engine and grounding: ${at(0.5)} ms a page (p50), ${at(0.99)} ms (p99)`;
}
