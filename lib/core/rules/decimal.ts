import { Decimal as Standard } from 'decimal.js';

/**
 * The numbers of rules. Sums and products of numbers as long as documents have them stay exact: beyond the 20 digits that are
 * usual, they would be rounded.
 */
export const Decimal = Standard.clone({ defaults: true, precision: 100 });
export type Decimal = Standard;
