import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { ModelCall, Reply } from './model-server.ts';

// The two APIs' requests and answers, as much of them as the model's client needs:
// https://platform.openai.com/docs/api-reference/chat and /responses.

const imageUrl = z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]);
const part = z.object({ text: z.string().default(''), image_url: imageUrl.nullish() });
const content = z.union([
  z.string().transform((text) => ({ text, picture: null })),
  z.array(part).transform((parts) => ({
    text: parts.map(({ text }) => text).join(''),
    picture: parts.find(({ image_url }) => image_url)?.image_url ?? null,
  })),
]);
const message = z
  .object({ role: z.string(), content })
  .transform(({ role, content: { text, picture } }) => ({ role, content: text, picture }));
const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message),
  temperature: z.number().optional(),
  response_format: z.object({ type: z.string(), json_schema: z.object({ schema: z.unknown() }).optional() }).optional(),
});
const responsesRequest = z.object({
  model: z.string(),
  input: z.array(message),
  temperature: z.number().optional(),
  text: z.object({ format: z.object({ type: z.string(), schema: z.unknown().optional() }).optional() }).optional(),
});

/** A request in the words of neither API. */
export function readCall({ url, headers }: IncomingMessage, body: unknown): ModelCall {
  const isChat = url?.endsWith('/chat/completions') ?? false;
  const { model, temperature, messages, format } = isChat ? chatParts(body) : responsesParts(body);
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  const rest = messages.filter((one) => !system.includes(one));
  return {
    api: isChat ? 'chat' : 'responses',
    at: Date.now(),
    model,
    mode: format?.type === 'json_schema' ? 'schema' : format?.type === 'json_object' ? 'json' : 'text',
    schema: format?.schema ?? null,
    system: system.map(({ content }) => content).join('\n'),
    messages: rest.map(({ role, content }) => ({ role, content })),
    picture: rest.find(({ picture }) => picture)?.picture ?? null,
    pageText: /<<<PAGE (\S+)>>>\n([\s\S]*?)\n<<<END PAGE \1>>>/.exec(rest[0]?.content ?? '')?.[2] ?? '',
    isRepair: rest.length > 1,
    temperature: temperature ?? null,
    authorization: headers.authorization ?? null,
    earlier: 0,
    status: null,
  };
}

function chatParts(body: unknown) {
  const { response_format: format, ...parts } = chatRequest.parse(body);
  return { ...parts, format: format && { type: format.type, schema: format.json_schema?.schema } };
}

function responsesParts(body: unknown) {
  const { input, text, ...parts } = responsesRequest.parse(body);
  return { ...parts, messages: input, format: text?.format };
}

const tokens = (text: string) => Math.ceil(text.length / 4);
const promptTokens = ({ system, messages }: ModelCall) =>
  tokens(system) + tokens(messages.map(({ content }) => content).join(''));

export function chatBody(
  call: ModelCall,
  { finishReason = 'stop', refusal, tokensCached = 0 }: Reply,
  content: string,
) {
  const message = {
    role: 'assistant',
    content: refusal ? null : content,
    ...(refusal && { refusal }),
  };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: Math.floor(call.at / 1000),
    model: call.model,
    choices: [{ index: 0, message, finish_reason: finishReason }],
    usage: {
      prompt_tokens: promptTokens(call),
      completion_tokens: tokens(content),
      prompt_tokens_details: { cached_tokens: tokensCached },
    },
  };
}

export function responsesBody(
  call: ModelCall,
  { finishReason = 'stop', refusal, tokensCached = 0 }: Reply,
  content: string,
) {
  const part = refusal ? { type: 'refusal', refusal } : { type: 'output_text', text: content, annotations: [] };
  const reasons = {
    stop: null,
    length: { reason: 'max_output_tokens' },
    content_filter: { reason: 'content_filter' },
  };
  return {
    id: 'resp_1',
    object: 'response',
    created_at: Math.floor(call.at / 1000),
    model: call.model,
    status: finishReason === 'stop' ? 'completed' : 'incomplete',
    incomplete_details: reasons[finishReason],
    output: [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [part] }],
    usage: {
      input_tokens: promptTokens(call),
      input_tokens_details: { cached_tokens: tokensCached },
      output_tokens: tokens(content),
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}
