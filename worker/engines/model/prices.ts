/** US dollars per million tokens. */
export interface Price {
  input: number;
  /** Input that the provider had in its prompt cache. */
  cached: number;
  output: number;
}

/** Prices by model; a model that is not there costs nothing. */
export type Prices = Readonly<Record<string, Price>>;

export interface Tokens {
  /** All of the prompt, cached or not. */
  tokensIn: number;
  tokensCached: number;
  tokensOut: number;
}

/** What a call cost in US dollars. */
export function costOf(prices: Prices, model: string, { tokensIn, tokensCached, tokensOut }: Tokens): number {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (!price) return 0;
  const millionths = (tokensIn - tokensCached) * price.input + tokensCached * price.cached + tokensOut * price.output;
  return millionths / 1_000_000;
}
