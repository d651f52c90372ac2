import { createHash } from 'node:crypto';
import { oddsOf, type Scorer } from '#worker/engines/builtin/certainty/model.ts';
import { boost } from './boost.ts';
import { calibrate, type Judged } from './calibrate.ts';
import type { Example } from './examples.ts';

export const foldCount = 5;

/** Gives each group, such as a layout, to one of the folds: always to the same one. */
export function foldOf(group: string): number {
  return createHash('sha256').update(group).digest().readUInt32BE(0) % foldCount;
}

/** Values judged by what was learned without their own fold. */
export function heldOut(examples: readonly Example[]): (Judged & Example)[] {
  return Array.from({ length: foldCount }, (_, fold) => fold).flatMap((fold) => {
    const isHeld = ({ layout }: Example) => foldOf(layout) === fold;
    const learned = boost(examples.filter((one) => !isHeld(one)));
    return examples.filter(isHeld).map((one) => ({ ...one, odds: oddsOf(learned, one.features) }));
  });
}

/** What is learned from these examples, calibrated on layouts that were held out. */
export function learn(examples: readonly Example[]): Scorer {
  return { ...boost(examples), calibration: calibrate(heldOut(examples)) };
}
