/** Characters of a token on average: measured over English text and tables; other scripts have fewer. */
export const charactersPerToken = 4;

/** About how many tokens a model counts for a text: for previews and budgets, never for billing. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
