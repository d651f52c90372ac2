import { estimateTokens } from '#lib/core/prompt/tokens.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { CallError } from '#worker/lane/call-error.ts';
import { RequestRefused } from './classify.ts';
import type { ModelRequest } from './client.ts';
import { costOf, type Prices, type Tokens } from './prices.ts';

/** An answer holds each value twice, as value and as quote. */
const outputPerPageToken = 2;
/** A page's picture at its usual size, as providers count it: about. */
const pictureTokens = 1500;

/** What a call is likely to cost in US dollars. */
export function likelyCost(prices: Prices, model: string, request: ModelRequest): number {
  const { system, messages, schema, picture } = request;
  const page = estimateTokens(JSON.stringify(messages)) + (picture ? pictureTokens : 0);
  const tokensIn = page + estimateTokens(system) + estimateTokens(JSON.stringify(schema));
  return costOf(prices, model, { tokensIn, tokensCached: 0, tokensOut: page * outputPerPageToken });
}

/** Whether the provider may charge for a call that failed: it got the request, and did not refuse it. */
export function mayBeCharged(error: unknown): boolean {
  if (error instanceof CallError) return error.mayBeCharged;
  return !(error instanceof RequestRefused || error instanceof DocumentError);
}

/** What an ended call counts for in US dollars: what it used, or what it was likely to where no one says. */
export function chargeOf(
  { prices, model }: { prices: Prices; model: string },
  used: Tokens | null,
  likelyUsd: number,
  mayCharge: boolean,
): number {
  if (used && used.tokensIn + used.tokensOut > 0) return costOf(prices, model, used);
  return mayCharge ? likelyUsd : 0;
}
