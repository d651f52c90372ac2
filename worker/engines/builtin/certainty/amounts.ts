import { findNumbers } from '#lib/core/normalise/number.ts';
import { textOf, type View } from '../view.ts';

const known = new WeakMap<View, number[]>();
/** Of more amounts nearly every one is the sum of two others by chance. */
const maxAmounts = 60;
const cent = 0.011;

/** The amounts of money on a page, in order. */
export function amountsOn(view: View, locale: string): number[] {
  const before = known.get(view);
  if (before) return before;
  const amounts = view.lines.flatMap(({ words }) =>
    findNumbers(textOf(words), locale).flatMap(({ value, isMoney }) => (isMoney ? [Math.abs(value)] : [])),
  );
  known.set(view, amounts);
  return amounts;
}

/** Whether two other amounts of the page make up this one, or it and another make up a third: net, tax and total do. */
export function addsUp(amounts: readonly number[], value: number): boolean {
  const others = [...new Set(amounts)].filter((other) => other > cent && Math.abs(other - value) > cent);
  if (others.length > maxAmounts || value < cent) return false;
  const has = (wanted: number) => others.some((other) => Math.abs(other - wanted) <= cent);
  return others.some((other) => (other < value && has(value - other)) || has(value + other));
}

export function timesOn(amounts: readonly number[], value: number): number {
  return amounts.filter((other) => Math.abs(other - value) <= cent).length;
}
