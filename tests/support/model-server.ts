import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { chatBody, readCall, responsesBody } from './model-wire.ts';

/** A request to the model, in the words of neither API. */
export interface ModelCall {
  api: 'chat' | 'responses';
  /** Milliseconds since the epoch. */
  at: number;
  model: string;
  mode: 'schema' | 'json' | 'text';
  /** The JSON Schema asked for; null in the other modes. */
  schema: unknown;
  system: string;
  /** All but the system's, in order. */
  messages: { role: string; content: string }[];
  /** What the page looks like, as a data URL; null when none was sent. */
  picture: string | null;
  /** What stands between the marks of the page. */
  pageText: string;
  /** The earlier answer of this conversation was refused. */
  isRepair: boolean;
  temperature: number | null;
  authorization: string | null;
  /** How often this very page was asked for before, by anyone. */
  earlier: number;
  /** The status answered with; null while in flight, 0 when the client went away or the connection was cut. */
  status: number | null;
}

/** What the server does with a call. Without any of these it answers with `answer`. */
export interface Reply {
  /** Sent as JSON. */
  answer?: unknown;
  /** Sent as it is, instead. */
  text?: string;
  delayMs?: number;
  /** Never answers; ends when the client goes away or the server closes. */
  stall?: boolean;
  /** Sends half of the body and cuts the connection. */
  truncate?: boolean;
  /** Answers with an error of this status. */
  status?: number;
  headers?: Record<string, string>;
  /** The error's machine-readable parts. */
  code?: string;
  param?: string;
  finishReason?: 'stop' | 'length' | 'content_filter';
  refusal?: string;
  /** A body that is no answer of this API at all. */
  body?: string;
  tokensCached?: number;
}

export interface ModelServerOptions {
  answer: (call: ModelCall) => Reply | Promise<Reply>;
  /** Other forms of output are refused with 400. All, when absent. */
  modes?: readonly ModelCall['mode'][];
  /** Any temperature is refused with 400. */
  refusesTemperature?: boolean;
}

export interface ModelServer {
  /** What OPENAI_BASE_URL should be. */
  baseURL: string;
  calls: ModelCall[];
  inFlight(): number;
  mostInFlight(): number;
  close(): Promise<void>;
}

/** An OpenAI-compatible server (chat completions and responses) on loopback that answers as it is told. */
export async function startModelServer({
  answer,
  modes,
  refusesTemperature = false,
}: ModelServerOptions): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  const pages = new Map<string, number>();
  let inFlight = 0;
  let most = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const call = readCall(request, await bodyOf(request));
    call.earlier = pages.get(call.pageText) ?? 0;
    pages.set(call.pageText, call.earlier + 1);
    calls.push(call);
    most = Math.max(most, ++inFlight);
    response.on('close', () => {
      inFlight -= 1;
      call.status ??= 0;
    });
    const reply = refusedForm(call) ?? (await answer(call));
    if (reply.stall) return;
    if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
    send(response, call, reply);
  };
  const refusedForm = ({ mode, temperature }: ModelCall): Reply | null => {
    const code = 'unsupported_parameter';
    if (refusesTemperature && temperature !== null) return { status: 400, code, param: 'temperature' };
    return modes && !modes.includes(mode) ? { status: 400, code, param: 'response_format' } : null;
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: { message: String(error), type: 'script' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    calls,
    inFlight: () => inFlight,
    mostInFlight: () => most,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** How a page says a value: the words, or null when it does not. */
type QuoteOf = (value: unknown, pageText: string) => string | null;

/**
 * A record as a model would answer it for a page: each value with its quote, null where `quoteOf` gives none.
 * A row of which the page says nothing is left out.
 * @param quoteOf by default finds the value in a usual form
 */
export function goldAnswer(record: unknown, pageText: string, quoteOf: QuoteOf = printedQuote): unknown {
  if (Array.isArray(record)) {
    const said = record.filter((item: unknown) => isSaid(item, pageText, quoteOf));
    return said.map((item: unknown) => goldAnswer(item, pageText, quoteOf));
  }
  if (typeof record === 'object' && record !== null) {
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, goldAnswer(value, pageText, quoteOf)]),
    );
  }
  if (record === null || record === undefined) return null;
  const quote = quoteOf(record, pageText);
  return quote === null ? null : { value: record, quote };
}

/** The first usual way of printing the value that stands on the page as words of its own. */
function printedQuote(value: unknown, pageText: string): string | null {
  const edge = '[\\p{L}\\p{N}]';
  const stands = (text: string) => new RegExp(`(?<!${edge})${RegExp.escape(text)}(?!${edge})`, 'u').test(pageText);
  return printedForms(value).find(stands) ?? null;
}

function printedForms(value: unknown): string[] {
  const text = String(value);
  if (typeof value === 'number') {
    const grouped = ['en-US', 'de-DE', 'fr-FR'].map((locale) =>
      value.toLocaleString(locale, { minimumFractionDigits: 2 }),
    );
    return [text, value.toFixed(2), value.toLocaleString('en-US'), ...grouped];
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return [text];
  const date = new Date(`${text}T00:00:00Z`);
  const [year, month, day] = text.split('-');
  const inWords = (locale: string, style: 'long' | 'medium') =>
    date.toLocaleDateString(locale, { dateStyle: style, timeZone: 'UTC' });
  const numeric = [`${month}/${day}/${year}`, `${day}/${month}/${year}`, `${day}.${month}.${year}`];
  return [
    text,
    ...numeric,
    inWords('en-US', 'long'),
    inWords('en-US', 'medium'),
    inWords('en-GB', 'long'),
    inWords('de-DE', 'long'),
  ];
}

function isSaid(record: unknown, pageText: string, quoteOf: QuoteOf): boolean {
  if (typeof record !== 'object' || record === null) return record !== null && quoteOf(record, pageText) !== null;
  return Object.values(record).some((inner) => isSaid(inner, pageText, quoteOf));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return JSON.parse(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, call: ModelCall, reply: Reply): void {
  const { status = 200, headers = {}, code, param } = reply;
  if (response.destroyed) return;
  const error = {
    error: {
      message: `scripted ${status}`,
      type: 'scripted',
      code: code ?? null,
      param: param ?? null,
    },
  };
  const content = reply.text ?? JSON.stringify(reply.answer ?? {});
  const good = call.api === 'chat' ? chatBody(call, reply, content) : responsesBody(call, reply, content);
  const body = Buffer.from(reply.body ?? JSON.stringify(status === 200 ? good : error));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...headers,
  });
  if (reply.truncate) {
    call.status = 0;
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  call.status = status;
  response.end(body);
}
