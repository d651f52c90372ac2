/** Processor time, in milliseconds, for one step of one page. A page usually takes a hundredth of it. */
export const pageLimitMs = 10_000;

/** For what a transaction waits for with its rows locked. */
export const saveLimitMs = 20_000;

/** For a step over a whole document; grows with its pages. */
export function documentLimitMs(pages: number): number {
  return pageLimitMs + 500 * pages;
}
