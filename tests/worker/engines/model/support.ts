import { openAnswerCounts } from '#worker/engines/model/answers.ts';
import { type Definition, parseDefinition } from '#lib/core/schema/definition.ts';
import { AnswerError, parseAnswer } from '#lib/core/prompt/answer.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { PageTask } from '#worker/engines/engine.ts';
import { modelEngine, type ModelEngineOptions } from '#worker/engines/model/engine.ts';
import { openLane } from '#worker/lane/lane.ts';
import type { ParseAnswer } from '#worker/engines/model/parse.ts';
import type { UsageRow } from '#worker/engines/model/usage.ts';
import type { ModelServer } from '#tests/support/model-server.ts';

const loan: Definition = parseDefinition({
  slug: 'loan',
  name: 'Loan',
  instructions: 'Leave out the totals row.',
  fields: {
    type: 'object',
    required: ['Account_Number'],
    properties: {
      Account_Number: { type: 'string', 'x-aliases': ['Acct No'] },
      Total_Paid: { type: 'number' },
      Status: { type: 'string', enum: ['open', 'closed'] },
      Holders: { type: 'array', items: { type: 'string' } },
      Address: { type: 'object', properties: { City: { type: 'string' } } },
      Payments: {
        type: 'array',
        items: {
          type: 'object',
          properties: { Date: { type: 'string', format: 'date' }, Amount: { type: 'number' } },
        },
      },
    },
  },
  rules: [{ name: 'total', check: "near(Total_Paid, sum(Payments, 'Amount'))" }],
});

function pageOf(layout: string, pageNum = 0): Page {
  return {
    pageNum,
    kind: 'text',
    source: 'text',
    width: 100,
    height: 100,
    title: null,
    words: [],
    text: layout,
    layout,
  };
}

export function taskOf(layout: string, more: Partial<PageTask> = {}): PageTask {
  return {
    definition: loan,
    page: pageOf(layout),
    accountNumber: null,
    previousTail: null,
    ...more,
  };
}

/** As in a worker, all engines share it. */
const servers = { answers: openAnswerCounts(), dialects: new Map() };

/** An engine that speaks to the server, and the usage rows that it wrote. */
export function engineFor(
  server: ModelServer,
  more: Partial<ModelEngineOptions> & { timeoutS?: number; api?: 'chat' | 'responses' } = {},
) {
  const { timeoutS = 10, api = 'chat', ...options } = more;
  const rows: UsageRow[] = [];
  const engine = modelEngine({
    env: { baseURL: server.baseURL, model: 'test-model', api, timeoutS },
    lane: openLane({ concurrency: 8 }),
    servers,
    parse: parseHere,
    record: (row) => rows.push(row),
    ...options,
  });
  return { engine, rows };
}

/** As the worker does it, without the threads. */
const parseHere: ParseAnswer = async ({ fields }, text) => {
  try {
    return parseAnswer(fields, text);
  } catch (error) {
    if (error instanceof AnswerError) return error;
    throw error;
  }
};

/** A signal that nothing aborts. */
export const never = new AbortController().signal;
