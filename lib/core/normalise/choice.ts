import type { Scalar } from '#lib/core/fields/path.ts';
import { meaningOf, withoutAccents } from './meaning.ts';

/**
 * The member of an enum that a text is: to the letter, else the only one that means the same, else the only one that does
 * without accents. Marks always count: `A+` is neither `A` nor `A-`. null when it is none, or could be several.
 */
export function chooseMember(members: readonly Scalar[], text: string): Scalar | null {
  const exact = members.find((member) => String(member) === text);
  if (exact !== undefined) return exact;
  for (const key of [meaningOf, (given: string) => withoutAccents(meaningOf(given))]) {
    const alike = members.filter((member) => key(String(member)) === key(text));
    if (alike.length > 0) return alike.length === 1 ? (alike[0] ?? null) : null;
  }
  return null;
}
