import type { Definition } from '#lib/core/schema/definition.ts';
import { AnswerError, type ObjectAnswer } from '#lib/core/prompt/answer.ts';
import { DocumentError } from '#lib/core/failures.ts';
import type { PageCost } from '../engine.ts';
import type { AnswerCounts } from './answers.ts';
import { CallError, documentErrorOf } from '#worker/lane/call-error.ts';
import { chargeOf, likelyCost, mayBeCharged } from './charge.ts';
import { classify, RequestRefused } from './classify.ts';
import type { Dialect, ModelAnswer, ModelClient, ModelRequest } from './client.ts';
import { inDialect, type KnownDialects } from './dialect.ts';
import type { Lane, LaneRequest } from '#worker/lane/lane.ts';
import type { ParseAnswer } from './parse.ts';
import type { Prices } from './prices.ts';
import type { CallOutcome, UsageRow } from './usage.ts';

/**
 * Sets money aside before a call, given what it may cost in US dollars; the result is told what it did cost.
 * Throws `Waiting` when the budget does not allow the call.
 */
export type Reserve = (costUsd: number) => Promise<(spentUsd: number) => void>;

/** What a worker learnt of model servers from their answers. */
export interface ServerMemory {
  answers: AnswerCounts;
  dialects: KnownDialects;
}

/** All that the calls for one page have in common. */
export interface PageCalls {
  client: ModelClient;
  servers: ServerMemory;
  model: string;
  lane: Lane;
  laneRequest: LaneRequest;
  definition: Definition;
  parse: ParseAnswer;
  prices: Prices;
  pageNum: number;
  record: (call: UsageRow) => void;
  reserve: Reserve | null;
  /** Grows with each call. */
  cost: PageCost;
}

/**
 * Asks in the lane, and once more with the mistake named when the answer cannot be used. Where the server usually answers
 * well, the page is tried once more from the start before it fails: chance alone may spoil two answers.
 * @returns null when the model broke off because the answer became too long
 * @throws DocumentError, LaneWaiting, what `reserve` throws; the signal's reason when it aborts
 */
export async function askForAnswer(calls: PageCalls, request: ModelRequest): Promise<ObjectAnswer | null> {
  const first = await askInLane(calls, request);
  if (!(first.answer instanceof AnswerError)) return first.answer;
  const second = await askInLane(calls, repair(request, first.text, first.answer));
  if (!(second.answer instanceof AnswerError)) return second.answer;
  const third = calls.servers.answers.isUsuallyUsable(calls.client.name) ? await askInLane(calls, request) : second;
  if (!(third.answer instanceof AnswerError)) return third.answer;
  throw new DocumentError('model_bad_output', undefined, { cause: third.answer });
}

/** A repair shows no more characters of what it repairs. */
const maxRepairedLength = 20_000;

function repair(request: ModelRequest, text: string, problem: AnswerError): ModelRequest {
  const correction = `That cannot be used: ${problem.message}. Answer again for the same page, with the whole JSON object and nothing else.`;
  const given = text.slice(0, maxRepairedLength) || '(nothing)';
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', content: given }, { role: 'user', content: correction }],
  };
}

interface CallOptions {
  text: string;
  /** null when it was cut short. */
  answer: ObjectAnswer | AnswerError | null;
}

async function askInLane(calls: PageCalls, request: ModelRequest): Promise<CallOptions> {
  try {
    return await calls.lane.run(calls.laneRequest, (signal) =>
      inDialect(calls.servers.dialects, calls.client.name, request.schema, (dialect) =>
        askAndRecord(calls, request, dialect, signal),
      ),
    );
  } catch (error) {
    throw error instanceof CallError ? documentErrorOf(error) : error;
  }
}

/** One HTTP request and its usage row. */
async function askAndRecord(
  calls: PageCalls,
  request: ModelRequest,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<CallOptions> {
  const likelyUsd = likelyCost(calls.prices, calls.model, request);
  const settle = await calls.reserve?.(likelyUsd);
  const started = performance.now();
  const ended = await askOnce(calls, request, dialect, signal);
  const { tokensIn, tokensCached, tokensOut } = ended.given ?? noTokens;
  const costUsd = chargeOf(calls, ended.given, likelyUsd, ended.mayCharge);
  calls.cost.tokensIn += tokensIn;
  calls.cost.tokensCached += tokensCached;
  calls.cost.tokensOut += tokensOut;
  calls.cost.costUsd += costUsd;
  const { model, pageNum } = calls;
  const ms = Math.round(performance.now() - started);
  calls.record({
    model,
    pageNum,
    tokensIn,
    tokensCached,
    tokensOut,
    costUsd,
    ms,
    outcome: ended.outcome,
  });
  settle?.(costUsd);
  if ('error' in ended) throw ended.error;
  return ended.asked;
}

type Ended = {
  outcome: CallOutcome;
  /** What the server answered; null when it did not. */
  given: ModelAnswer | null;
  /** Whether the provider may charge for it. */
  mayCharge: boolean;
} & ({ asked: CallOptions } | { error: unknown });

async function askOnce(calls: PageCalls, request: ModelRequest, dialect: Dialect, signal: AbortSignal): Promise<Ended> {
  const { client, definition, parse, servers } = calls;
  const isSent = !signal.aborted;
  let given: ModelAnswer | null = null;
  try {
    given = await client.ask(request, dialect, signal);
    if (given.ending === 'refused') return { outcome: 'refused', given, mayCharge: true, error: refusal() };
    const answer = given.ending === 'cut_short' ? null : await parse(definition, given.text, signal);
    servers.answers.note(client.name, !(answer instanceof AnswerError));
    return { outcome: outcomeOf(answer), given, mayCharge: true, asked: { text: given.text, answer } };
  } catch (error) {
    if (signal.aborted) return { outcome: 'cancelled', given, mayCharge: isSent, error };
    // There is an answer, and reading it takes too long.
    if (given && error instanceof DocumentError) return { outcome: 'bad_output', given, mayCharge: true, error };
    const known = error instanceof CallError ? error : classify(error, Date.now());
    const mayCharge = mayBeCharged(known);
    return { outcome: failedOutcome(known), given, mayCharge, error: known ?? error };
  }
}

function outcomeOf(answer: CallOptions['answer']): CallOutcome {
  if (answer === null) return 'cut_short';
  return answer instanceof AnswerError ? 'bad_output' : 'ok';
}

function failedOutcome(error: CallError | RequestRefused | DocumentError | null): CallOutcome {
  if (error instanceof CallError) return error.kind;
  return error === null ? 'failed' : 'rejected';
}

function refusal(): DocumentError {
  return new DocumentError('model_rejected', 'The model refuses to read this page. Choose another model, then retry.');
}

const noTokens = { tokensIn: 0, tokensCached: 0, tokensOut: 0 };
