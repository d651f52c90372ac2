import { array, assert, boolean, double, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boost } from '#eval/train/boost.ts';
import { calibrate } from '#eval/train/calibrate.ts';
import type { Example } from '#eval/train/examples.ts';
import { foldOf, heldOut, learn } from '#eval/train/folds.ts';
import { reportOf } from '#eval/train/report.ts';
import { certaintyOf } from '#worker/engines/builtin/certainty/model.ts';

/** Values of which those with a label are right, and those whose rival leads are not, whatever else is known. */
function lesson(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const labelled = at % 3 === 0 ? 0 : 1;
    const rival = at % 5 === 0 ? 1 : 0;
    const features = { labelled, rival, noise: (at * 37) % 11 };
    return { features, isRight: labelled === 1 && rival === 0, layout: `layout ${at % 20}`, set: 'a', weight: 1 };
  });
}

describe('what is learned', () => {
  it('tells right values from wrong ones on layouts that it has not seen', () => {
    const judged = heldOut(lesson(400));
    expect(judged).toHaveLength(400);
    expect(judged.every(({ odds, isRight }) => odds > 0 === isRight)).toBe(true);
  });

  it('is the same for the same examples', () => {
    expect(boost(lesson(100))).toEqual(boost(lesson(100)));
  });

  it('is sure only of as much as the examples show', () => {
    const scorer = learn(lesson(400));
    const [good, bad] = [{ labelled: 1 }, { rival: 1 }];
    expect(certaintyOf(scorer, good)).toBeGreaterThan(0.95);
    expect(certaintyOf(scorer, good)).toBeLessThan(1);
    expect(certaintyOf(scorer, bad)).toBeLessThan(0.1);
  });

  it('never has documents of one layout on both sides', () => {
    expect(foldOf('invoice of a firm')).toBe(foldOf('invoice of a firm'));
    expect(new Set(lesson(400).map(({ layout }) => foldOf(layout))).size).toBe(5);
  });
});

it('a calibrated share rises with the odds, and is never certain', () => {
  const judged = array(record({ odds: double({ min: -8, max: 8, noNaN: true }), isRight: boolean() }), {
    minLength: 1,
  });
  assert(
    property(judged, (values) => {
      const points = calibrate(values);
      const shares = points.map(({ share }) => share);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
    }),
  );
});

it('the report says what was silent and wrong', () => {
  const examples = lesson(200);
  const report = reportOf(examples.map((example) => ({ example, scorer: learn(examples) })).slice(0, 40), ['a set']);
  expect(report).toMatch(/\| all \| 40 \| 52\.5 % \| 1\.000 \| 21 \| 0\.0 % \| 0\.0 % \|/);
});
