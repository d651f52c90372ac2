import { dateOrder } from './date.ts';

const numeric = /(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d]|[-./]\d)/g;
/** Locales whose dates begin so. */
const localeOf = { month: 'en-US', day: 'en-GB' } as const;

/**
 * The locale by which the dates of a text are to be read: the given one, unless a date stands there that it cannot read,
 * such as 11/17/2017 where the day comes first, and none that speaks for it.
 */
export function datesLocale(text: string, locale: string): string {
  let [months, days] = [0, 0];
  for (const [, first, , second] of text.matchAll(numeric)) {
    const [a, b] = [Number(first), Number(second)];
    if (a <= 12 && b > 12 && b <= 31) months += 1;
    if (b <= 12 && a > 12 && a <= 31) days += 1;
  }
  const seen = months > 0 && days === 0 ? 'month' : days > 0 && months === 0 ? 'day' : null;
  return seen === null || seen === dateOrder(locale) ? locale : localeOf[seen];
}
