import { createOpenAI } from '@ai-sdk/openai';
import {
  generateText,
  jsonSchema,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  NoObjectGeneratedError,
  Output,
} from 'ai';
import type { JsonSchema } from '#lib/core/fields/output-schema.ts';
import { CallError } from '#worker/lane/call-error.ts';
import type { Tokens } from './prices.ts';

// The SDK warns on the console about parameters that a model ignores; what matters is seen in the answer.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** Where the model is and how it is spoken to. */
export interface ModelEnv {
  /** Optional for servers that want none. */
  apiKey?: string | undefined;
  /** OpenAI's own when absent. */
  baseURL?: string | undefined;
  model: string;
  api: 'chat' | 'responses';
  /** Longest time for one call, in seconds. */
  timeoutS: number;
}

/** How a server is asked for JSON: strictly by schema, as any JSON, or by words alone. */
export const outputModes = ['schema', 'json', 'text'] as const;
export type OutputMode = (typeof outputModes)[number];

/** What a server takes; found out by trying. */
export interface Dialect {
  mode: OutputMode;
  temperature: boolean;
}

export interface ModelRequest {
  system: string;
  messages: { role: 'user' | 'assistant'; content: string }[];
  /** A PNG that goes with the first message. */
  picture: Uint8Array | null;
  schema: JsonSchema;
}

export interface ModelAnswer extends Tokens {
  text: string;
  ending: 'complete' | 'cut_short' | 'refused';
}

export interface ModelClient {
  /** Names server, API and model: what one dialect holds for. */
  name: string;
  /**
   * One call, one HTTP request.
   * @throws CallError `timed_out` after `timeoutS`; the signal's reason when it aborts; errors of the SDK
   */
  ask(request: ModelRequest, dialect: Dialect, signal: AbortSignal): Promise<ModelAnswer>;
}

const openAiURL = 'https://api.openai.com/v1';

export function openModelClient(env: ModelEnv, fetch?: typeof globalThis.fetch): ModelClient {
  const baseURL = env.baseURL ?? openAiURL;
  // The SDK insists on a key; servers that want none ignore it.
  const provider = createOpenAI({ baseURL, apiKey: env.apiKey ?? 'none', ...(fetch && { fetch }) });
  const model = env.api === 'chat' ? provider.chat(env.model) : provider.responses(env.model);
  return {
    name: `${env.api} ${baseURL} ${env.model}`,
    ask: (request, dialect, signal) =>
      withTimeout(env.timeoutS, signal, (both) => generate(env, model, request, dialect, both)),
  };
}

async function generate(
  env: ModelEnv,
  model: LanguageModel,
  request: ModelRequest,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  try {
    const { text, finishReason, usage } = await generateText({
      model,
      instructions: dialect.mode === 'schema' ? request.system : withSchema(request),
      messages: messagesOf(request),
      ...outputOf(dialect.mode, request.schema),
      ...(dialect.temperature && { temperature: 0 }),
      // The provider need not keep what it was sent.
      ...(env.api === 'responses' && { providerOptions: { openai: { store: false } } }),
      maxRetries: 0,
      telemetry: { isEnabled: false, recordInputs: false, recordOutputs: false },
      abortSignal: signal,
    });
    return { text, ending: endingOf(finishReason), ...tokensOf(usage) };
  } catch (error) {
    // The text is not JSON; whether something can be made of it is for the parser to say.
    if (!NoObjectGeneratedError.isInstance(error)) throw error;
    return {
      text: error.text ?? '',
      ending: endingOf(error.finishReason),
      ...tokensOf(error.usage),
    };
  }
}

function messagesOf({ messages, picture }: ModelRequest): ModelMessage[] {
  const [first, ...others] = messages;
  if (!picture || !first) return messages;
  const image = { type: 'file', data: picture, mediaType: 'image/png' } as const;
  return [{ role: 'user', content: [{ type: 'text', text: first.content }, image] }, ...others];
}

/** Where the server does not enforce the schema, the model is at least told. */
function withSchema({ system, schema }: ModelRequest): string {
  return `${system}\n\n# JSON Schema of the answer\n${JSON.stringify(schema)}`;
}

function outputOf(mode: OutputMode, schema: JsonSchema) {
  if (mode === 'schema') return { output: Output.object({ schema: jsonSchema(schema), name: 'page' }) };
  return mode === 'json' ? { output: Output.json() } : {};
}

function endingOf(finishReason: string | undefined): ModelAnswer['ending'] {
  if (finishReason === 'length') return 'cut_short';
  return finishReason === 'content-filter' ? 'refused' : 'complete';
}

function tokensOf(usage: LanguageModelUsage | undefined): Tokens {
  return {
    tokensIn: usage?.inputTokens ?? 0,
    tokensCached: usage?.inputTokenDetails.cacheReadTokens ?? 0,
    tokensOut: usage?.outputTokens ?? 0,
  };
}

async function withTimeout<T>(
  seconds: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), seconds * 1000);
  try {
    return await call(AbortSignal.any([signal, timeout.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.signal.aborted)
      throw new CallError('timed_out', `no answer within ${seconds} s`, { mayBeCharged: true });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
