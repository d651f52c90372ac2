import type { ScalarField } from '#lib/core/fields/field.ts';

/** When the dates of a field lie: a birth in the past, a due date around today or ahead. */
export type Era = 'past' | 'ahead' | 'any';

const past =
  /(?<!\p{L})(births?|born|birthday|dob|death|deceased|geburt\p{L}*|geboren|geb|naissance|naiss|nacimiento|nascita|geboorte\p{L}*|nascimento)(?!\p{L})/iu;
const ahead =
  /(?<!\p{L})(due|expir\p{L}*|exp|valid (?:until|to|thru|through)|maturity|matures|renewal|fällig\p{L}*|ablauf\p{L}*|gültig bis|échéance|vencimiento|caducidad|scadenza|vervaldatum|validade)(?!\p{L})/iu;

/** By the field's name and its other labels. */
export function eraOf({ name, label, aliases }: Pick<ScalarField, 'name' | 'label' | 'aliases'>): Era {
  const said = [name.replaceAll('_', ' ').replace(/(?<=[a-z])(?=[A-Z])/g, ' '), label, ...aliases].join(' · ');
  if (past.test(said)) return 'past';
  return ahead.test(said) ? 'ahead' : 'any';
}

/** Years before and after today: those that a year of two digits may mean, and among them those that leave no doubt. */
const windows: Record<Era, { latest: number; sure: readonly [number, number] }> = {
  past: { latest: 0, sure: [-99, 0] },
  ahead: { latest: 69, sure: [-10, 40] },
  any: { latest: 20, sure: [-59, 10] },
};

/** The year that one of two digits means, the other one it may be, and whether it is sure of the first. */
export function centuryOf(short: number, era: Era, today: Date): { year: number; other: number; isSure: boolean } {
  const now = today.getFullYear();
  const { latest, sure } = windows[era];
  const last = now + latest;
  const year = last - ((((last - short) % 100) + 100) % 100);
  const distance = year - now;
  const other = year >= 2000 ? year - 100 : year + 100;
  return { year, other, isSure: sure[0] <= distance && distance <= sure[1] };
}
