import type { Scalar } from '#lib/core/fields/path.ts';

/** What is said to stand on a page. */
export interface Claim {
  /** Normalised. */
  value: Scalar;
  /** What the engine says the page says. */
  quote: string | null;
  /** As read, before it was normalised. */
  raw: string;
  /** Words where the engine found it, when it knows. */
  hint?: readonly number[] | undefined;
}

/**
 * In what the page's words differ from what was claimed: `lookalikes`, accents or characters that OCR confuses; `unit`, a
 * percent sign that the claim leaves out; `sign`, a number printed with the other sign or none; `wording`, a quote that
 * the page has and that says the value in other words.
 */
export type Difference = 'lookalikes' | 'unit' | 'sign' | 'wording';
