import { pathText } from '#lib/core/fields/path.ts';
import { judge } from '#eval/judge.ts';
import { asRead } from '#eval/local/extract.ts';
import type { Sample } from '#eval/local/sets.ts';
import type { Features } from '#worker/engines/builtin/certainty/features.ts';
import { describePage } from '#worker/engines/builtin/engine.ts';
import { judgePage } from '#worker/steps/assess.ts';
import { unpack } from '#worker/steps/packed.ts';

/** A value that the built-in engine read, what is known of it, and whether it is right. */
export interface Example {
  features: Features;
  isRight: boolean;
  /** Documents that look alike share one: they are held out together. */
  layout: string;
  set: string;
  /** How much it counts: of a layout with many documents each a little less. */
  weight: number;
}

/** What is learned from a document: each of its values that the answers name. */
export function examplesOf(sample: Sample): Omit<Example, 'weight'>[] {
  return sample.pages.flatMap((page) => {
    const task = { definition: sample.definition, page, accountNumber: null };
    const { described, rowsSeen } = describePage(task);
    const reading = { leaves: described.map(({ read }) => read), rowsSeen };
    const leaves = unpack(judgePage({ ...task, reading, hasSecondOpinion: false }).leaves);
    const byPath = new Map(described.map((one) => [pathText(one.read.path), one]));
    return judge(sample, asRead(sample.definition, leaves)).flatMap(({ path, verdict }) => {
      const one = path === null ? undefined : byPath.get(path);
      if (!one?.features || verdict === 'missing') return [];
      const { layout, set } = sample;
      return [{ features: one.features, isRight: verdict === 'right', layout, set }];
    });
  });
}

/** Values of one layout count together as much as the root of their number. */
export function weighed(examples: readonly Omit<Example, 'weight'>[]): Example[] {
  const byLayout = Map.groupBy(examples, ({ layout }) => layout);
  return examples.map((one) => ({ ...one, weight: 1 / Math.sqrt(byLayout.get(one.layout)?.length ?? 1) }));
}
