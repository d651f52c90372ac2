import { labelOf } from '#lib/core/fields/label.ts';
import { parsePath } from '#lib/core/fields/path.ts';

/** `Payments[18].Balance` as people count: `Payments, row 19, Balance`. */
export function pathLabel(path: string): string {
  const steps = parsePath(path) ?? [path];
  return steps.map((step) => (typeof step === 'number' ? `row ${step + 1}` : labelOf(step))).join(', ');
}
