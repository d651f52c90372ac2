import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate, type Outcome, shifted } from '#lib/core/values/calibrate.ts';
import { trustOf } from '#lib/core/values/trust.ts';

const outcomes = (key: string, trust: number, right: number, wrong: number): Outcome[] => [
  ...Array.from({ length: right }, () => ({ key, trust, isRight: true })),
  ...Array.from({ length: wrong }, () => ({ key, trust, isRight: false })),
];

describe("calibration on an installation's own edits", () => {
  it('lowers trust in a field that people keep changing towards the share that they leave', () => {
    const found = calibrate([...outcomes('Good', 0.95, 95, 5), ...outcomes('Bad', 0.95, 20, 20)]);
    const bad = found.get('Bad');
    expect(bad).toMatchObject({ changed: 20, of: 40 });
    expect(shifted(0.95, bad?.shift ?? 0)).toBeLessThan(0.7);
    expect(shifted(0.95, found.get('Good')?.shift ?? 0)).toBeGreaterThan(0.85);
  });

  it('says little after one edit, and more the more there are', () => {
    const after = (count: number) => calibrate(outcomes('Field', 0.95, 0, count)).get('Field')?.shift ?? 0;
    expect(after(1)).toBeGreaterThan(-1.2);
    expect(after(5)).toBeLessThan(after(1));
  });

  it('raises trust in a field that nobody changes, and never beyond certainty', () => {
    const { shift = 0 } = calibrate(outcomes('Field', 0.8, 200, 0)).get('Field') ?? {};
    expect(shifted(0.8, shift)).toBeGreaterThan(0.93);
    expect(shifted(1, shift)).toBeLessThanOrEqual(1);
  });

  it('keeps the order of trusts, whatever the edits', () => {
    const some = fc.record({
      key: fc.constantFrom('A', 'B'),
      trust: fc.double({ min: 0, max: 1, noNaN: true }),
      isRight: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, trust) => {
          for (const { shift } of calibrate(all).values()) {
            expect(Number.isFinite(shift)).toBe(true);
            expect(shifted(trust, shift)).toBeLessThanOrEqual(shifted(Math.min(1, trust + 0.01), shift));
          }
        },
      ),
    );
  });

  it('takes the place of the doubt that was set by hand', () => {
    const learned = { name: 'certainty', ok: true, detail: '', share: 0.9 };
    const past = { name: 'history', ok: false, detail: '', shift: -1 };
    expect(trustOf([learned, past], [])).toBeCloseTo(shifted(0.9, -1), 3);
  });
});
