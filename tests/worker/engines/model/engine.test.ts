import { afterEach, describe, expect, test } from 'vitest';
import {
  goldAnswer,
  type ModelCall,
  type ModelServer,
  type ModelServerOptions,
  type Reply,
  startModelServer,
} from '#tests/support/model-server.ts';
import { until } from '#tests/support/context.ts';
import { LaneWaiting } from '#worker/lane/gate.ts';
import { Waiting } from '#worker/interruptions.ts';
import { engineFor, never, taskOf } from './support.ts';

let server: ModelServer | null = null;

async function serve(
  answer: ModelServerOptions['answer'],
  more: Partial<ModelServerOptions> = {},
): Promise<ModelServer> {
  server = await startModelServer({ answer, ...more });
  return server;
}

afterEach(async () => {
  await server?.close();
  server = null;
});

const layout = 'Acct No 12345678  Total paid 30.5\n2025-01-02   10.25\n2025-01-03   20.25';
const record = {
  Account_Number: '12345678',
  Total_Paid: 30.5,
  Status: null,
  Holders: [],
  Address: { City: 'Atlantis' },
  Payments: [
    { Date: '2025-01-02', Amount: 10.25 },
    { Date: '2025-01-03', Amount: 20.25 },
  ],
};
const gold = { answer: goldAnswer(record, layout) };
const leaves = [
  { path: ['Account_Number'], value: '12345678', quote: '12345678' },
  { path: ['Total_Paid'], value: 30.5, quote: '30.5' },
  { path: ['Payments', 0, 'Date'], value: '2025-01-02', quote: '2025-01-02' },
  { path: ['Payments', 0, 'Amount'], value: 10.25, quote: '10.25' },
  { path: ['Payments', 1, 'Date'], value: '2025-01-03', quote: '2025-01-03' },
  { path: ['Payments', 1, 'Amount'], value: 20.25, quote: '20.25' },
];

describe('a good answer', () => {
  test.each(['chat', 'responses'] as const)('becomes leaves and one usage row (%s)', async (api) => {
    const { engine, rows } = engineFor(await serve(() => ({ ...gold, tokensCached: 40 })), {
      api,
      prices: { 'test-model': { input: 1, cached: 0.1, output: 10 } },
    });
    const { reading, cost } = await engine.read(taskOf(layout), never);
    expect(reading).toEqual({ leaves, rowsSeen: [] });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      model: 'test-model',
      pageNum: 0,
      tokensCached: 40,
      outcome: 'ok',
    });
    const { tokensIn, tokensOut } = cost;
    expect(cost.costUsd).toBeCloseTo((tokensIn - 40 + 4 + tokensOut * 10) / 1_000_000, 12);
    expect(server?.calls[0]).toMatchObject({
      api,
      mode: 'schema',
      temperature: 0,
      pageText: layout,
    });
  });

  test('is asked for with the same beginning on every page, so that providers can cache it', async () => {
    const { engine } = engineFor(await serve(() => gold));
    await engine.read(taskOf('One page', { accountNumber: '1', previousTail: 'before' }), never);
    await engine.read(taskOf('Another page'), never);
    const [one, another] = server?.calls ?? [];
    expect(another).toMatchObject({ system: one?.system, schema: one?.schema });
    expect(one?.system).toContain('Leave out the totals row.');
    expect(one?.system).not.toContain('One page');
  });

  test('is not asked for when the page has no word', async () => {
    const { engine, rows } = engineFor(await serve(() => gold));
    expect(await engine.read(taskOf(' \n '), never)).toMatchObject({
      reading: { leaves: [] },
      cost: { tokensIn: 0 },
    });
    expect(rows).toEqual([]);
  });
});

describe('a server without strict schemas', () => {
  test('is asked in JSON mode, and from then on in that at once', async () => {
    const { engine, rows } = engineFor(await serve(() => gold, { modes: ['json', 'text'] }));
    expect((await engine.read(taskOf(layout), never)).reading.leaves).toEqual(leaves);
    await engine.read(taskOf(layout), never);
    expect(server?.calls.map(({ mode }) => mode)).toEqual(['schema', 'json', 'json']);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['rejected', 'ok', 'ok']);
    expect(server?.calls[1]?.system).toContain('JSON Schema of the answer');
  });

  test('is asked in plain text as the last resort, and a fenced block is read', async () => {
    const text = `Here it is:\n\`\`\`json\n${JSON.stringify(gold.answer, null, 2)}\n\`\`\`\nAnything else?`;
    const { engine } = engineFor(await serve(() => ({ text }), { modes: ['text'] }));
    expect((await engine.read(taskOf(layout), never)).reading.leaves).toEqual(leaves);
  });

  test('is asked without temperature when it takes none', async () => {
    const { engine } = engineFor(await serve(() => gold, { refusesTemperature: true }));
    await engine.read(taskOf(layout), never);
    expect(server?.calls.map(({ mode, temperature }) => [mode, temperature])).toEqual([
      ['schema', 0],
      ['schema', null],
    ]);
  });
});

describe('a malformed answer', () => {
  test('is asked again once with the error', async () => {
    const { engine, rows } = engineFor(
      await serve(({ isRepair }) => (isRepair ? gold : { answer: { Payments: 'none' } })),
    );
    expect((await engine.read(taskOf(layout), never)).reading.leaves).toEqual(leaves);
    expect(server?.calls[1]?.messages.at(-1)?.content).toContain('Payments must be a list');
    expect(rows.map(({ outcome }) => outcome)).toEqual(['bad_output', 'ok']);
  });

  test('twice fails the page with model_bad_output', async () => {
    const { engine, rows } = engineFor(await serve(() => ({ text: 'I am sorry, Dave.' })));
    await expect(engine.read(taskOf(layout), never)).rejects.toMatchObject({
      reason: 'model_bad_output',
    });
    expect(rows).toHaveLength(2);
  });
});

describe('a page of which two answers were malformed', () => {
  const bad = { text: 'I am sorry, Dave.' };
  const isBad = ({ pageText }: ModelCall) => pageText.startsWith('Bad');

  test('is tried once more from the start where the server answers other pages well', async () => {
    const { engine, rows } = engineFor(await serve((call) => (isBad(call) && call.earlier < 2 ? bad : gold)));
    for (let page = 0; page < 10; page++) await engine.read(taskOf(`Good ${page}\n${layout}`), never);
    expect((await engine.read(taskOf(`Bad\n${layout}`), never)).reading.leaves).toEqual(leaves);
    expect(rows.slice(10).map(({ outcome }) => outcome)).toEqual(['bad_output', 'bad_output', 'ok']);
    expect(server?.calls.at(-1)?.isRepair).toBe(false);
  });

  test('fails when the third is malformed, too', async () => {
    const { engine, rows } = engineFor(await serve((call) => (isBad(call) ? bad : gold)));
    for (let page = 0; page < 10; page++) await engine.read(taskOf(`Good ${page}\n${layout}`), never);
    await expect(engine.read(taskOf('Bad'), never)).rejects.toMatchObject({ reason: 'model_bad_output' });
    expect(rows).toHaveLength(13);
  });
});

describe('an answer that is cut short', () => {
  test.each(['chat', 'responses'] as const)(
    'is asked for in halves, and the rows are joined in order (%s)',
    async (api) => {
      const { engine, rows } = engineFor(
        await serve(({ pageText }) => {
          if (pageText.includes('2025-01-02') && pageText.includes('2025-01-03'))
            return { text: '{"Payments":[', finishReason: 'length' };
          return { answer: goldAnswer(record, pageText) };
        }),
        { api },
      );
      const { reading } = await engine.read(taskOf(layout), never);
      expect(reading.leaves).toEqual(leaves);
      expect(rows.map(({ outcome }) => outcome)).toEqual(['cut_short', 'ok', 'ok']);
      expect(server?.calls[2]?.messages[0]?.content).toContain('BEFORE');
    },
  );

  test('is given up when an eighth of the page is still too long', async () => {
    const { engine } = engineFor(await serve(() => ({ text: '{', finishReason: 'length' })));
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    await expect(engine.read(taskOf(lines), never)).rejects.toMatchObject({
      reason: 'model_bad_output',
    });
    expect(server?.calls).toHaveLength(4);
  });
});

describe('refusals and errors', () => {
  test.each([
    ['a refusal', { refusal: 'I cannot help with that' }, 'model_rejected', 'refused'],
    ['a content filter', { finishReason: 'content_filter', text: '' }, 'model_rejected', 'refused'],
    ['a bad key', { status: 401 }, 'model_auth', 'rejected'],
    ['a forbidden model', { status: 403 }, 'model_auth', 'rejected'],
    ['an unknown model', { status: 404, code: 'model_not_found' }, 'model_rejected', 'rejected'],
    ['a prompt that is too large', { status: 413 }, 'model_rejected', 'rejected'],
    ['a page that is too long', { status: 400, code: 'context_length_exceeded' }, 'model_rejected', 'rejected'],
    ['a spent quota', { status: 429, code: 'insufficient_quota' }, 'model_rate_limited', 'rejected'],
  ] as const)('%s fails the page at once', async (_name, reply, reason, outcome) => {
    const { engine, rows } = engineFor(await serve(() => reply));
    await expect(engine.read(taskOf(layout), never)).rejects.toMatchObject({
      name: 'DocumentError',
      reason,
    });
    expect(rows.map((row) => row.outcome)).toEqual([outcome]);
  });

  test('a request refused in every form fails the page, naming what the server said', async () => {
    const { engine, rows } = engineFor(await serve(() => ({ status: 400, code: 'invalid_request' })));
    await expect(engine.read(taskOf(layout), never)).rejects.toThrow('HTTP 400: invalid_request');
    expect(rows).toHaveLength(6);
  });

  test('a refusal is told from an answer by the Responses API too', async () => {
    const { engine, rows } = engineFor(await serve(() => ({ refusal: 'no' })), { api: 'responses' });
    await expect(engine.read(taskOf(layout), never)).rejects.toMatchObject({ reason: 'model_rejected' });
    expect(rows).toMatchObject([{ outcome: 'refused' }]);
  });

  test('a failure that the Responses API names in a good answer is tried again', async () => {
    const body = JSON.stringify({ id: 'r', error: { message: 'oops', type: 'server_error', code: 'server_error' } });
    const { engine, rows } = engineFor(await serve(({ earlier }) => (earlier === 0 ? { body } : gold)), {
      api: 'responses',
    });
    expect((await engine.read(taskOf(layout), never)).reading.leaves).toEqual(leaves);
    expect(rows.map((row) => row.outcome)).toEqual(['unavailable', 'ok']);
  });

  test.each([
    ['a server error', { status: 500 }, 'unavailable'],
    ['a cut connection', { truncate: true, ...gold }, 'unavailable'],
    ['a body that is no answer', { body: '<html>' }, 'unavailable'],
    ['a short Retry-After', { status: 429, headers: { 'retry-after-ms': '20' } }, 'busy'],
    ['a stalled call', { stall: true }, 'timed_out'],
  ] as const)('%s is tried again', async (_name, reply, outcome) => {
    const { engine, rows } = engineFor(await serve(({ earlier }) => (earlier === 0 ? reply : gold)), { timeoutS: 0.3 });
    expect((await engine.read(taskOf(layout), never)).reading.leaves).toEqual(leaves);
    expect(rows.map((row) => row.outcome)).toEqual([outcome, 'ok']);
  });

  test.each([
    ['seconds', 429, () => '600'],
    ['a date', 503, () => new Date(Date.now() + 600_000).toUTCString()],
  ])(
    'a long Retry-After in %s hands the document back with the time to come again',
    async (_form, status, retryAfter) => {
      const { engine } = engineFor(await serve(() => ({ status, headers: { 'retry-after': retryAfter() } })));
      // A date counts whole seconds.
      const earliest = Date.now() + 599_000;
      const error = await engine.read(taskOf(layout), never).catch((thrown: unknown) => thrown);
      if (!(error instanceof LaneWaiting)) throw error;
      expect(error.reason).toBe('The model server asked to wait');
      expect(error.until.getTime()).toBeGreaterThanOrEqual(earliest);
      expect(error.until.getTime()).toBeLessThanOrEqual(Date.now() + 600_000);
    },
  );

  test('no text of the document is in what is thrown', async () => {
    const { engine } = engineFor(await serve(() => ({ text: layout })));
    const error = await engine.read(taskOf(layout), never).catch((thrown: unknown) => thrown);
    const told: string[] = [];
    for (let one = error; one instanceof Error; one = one.cause)
      told.push(one.message, one.stack ?? '', JSON.stringify(one));
    expect(told.join('\n')).not.toContain('12345678');
  });
});

describe('a budget', () => {
  const prices = { 'test-model': { input: 1, cached: 0.1, output: 10 } };

  test('is asked before each call what it may cost, and told after what it did', async () => {
    const told: [number, number][] = [];
    const { engine, rows } = engineFor(await serve(({ isRepair }) => (isRepair ? gold : { text: 'sorry' })), {
      prices,
      reserve: async (likely) => (spent) => told.push([likely, spent]),
    });
    await engine.read(taskOf(layout), never);
    expect(told.map(([, spent]) => spent)).toEqual(rows.map(({ costUsd }) => costUsd));
    for (const [likely, spent] of told) expect(likely).toBeGreaterThan(spent);
  });

  test.each<[string, Reply]>([
    ['gets no answer in time', { stall: true }],
    ['breaks off', { truncate: true }],
    ['is answered without a word of what it took', { body: '<html>' }],
  ])('counts a call that %s as what it was likely to cost', async (_, reply) => {
    const { engine, rows } = engineFor(await serve(({ earlier }) => (earlier === 0 ? reply : gold)), {
      prices,
      timeoutS: 0.5,
    });
    const { cost } = await engine.read(taskOf(layout), never);
    const [lost, good] = rows;
    expect(lost).toMatchObject({ tokensIn: 0, tokensOut: 0 });
    expect(lost?.costUsd).toBeGreaterThan(good?.costUsd ?? Infinity);
    expect(cost.costUsd).toBeCloseTo((lost?.costUsd ?? 0) + (good?.costUsd ?? 0), 12);
  });

  test('counts a call that is cancelled once it is sent', async () => {
    const stop = new AbortController();
    const given: number[] = [];
    const reserve = async () => (spent: number) => given.push(spent);
    const stalling = await serve(() => ({ stall: true }));
    const cancelled = engineFor(stalling, { prices, reserve });
    const reading = cancelled.engine.read(taskOf(layout), stop.signal).catch((error: unknown) => error);
    await until(
      async () => stalling.inFlight(),
      (calls) => calls === 1,
    );
    stop.abort(new Error('cancelled'));
    await reading;
    expect(cancelled.rows).toMatchObject([{ outcome: 'cancelled' }]);
    expect(given).toEqual([cancelled.rows[0]?.costUsd]);
    expect(given[0]).toBeGreaterThan(0);
  });

  test('counts nothing for a call that the server refuses', async () => {
    const given: number[] = [];
    const reserve = async () => (spent: number) => given.push(spent);
    const refused = engineFor(await serve(() => ({ status: 401 })), { prices, reserve });
    await expect(refused.engine.read(taskOf(layout), never)).rejects.toMatchObject({ reason: 'model_auth' });
    expect(given).toEqual([0]);
  });

  test('that is spent stops the call before it is made', async () => {
    const spent = new Waiting('The budget is spent', new Date(Date.now() + 1000));
    const { engine, rows } = engineFor(await serve(() => gold), { prices, reserve: () => Promise.reject(spent) });
    await expect(engine.read(taskOf(layout), never)).rejects.toBe(spent);
    expect([server?.calls, rows]).toEqual([[], []]);
  });
});

test('a server that fails in every way for a while costs no page, and none is read wrongly', async () => {
  const ways: readonly Reply[] = [
    { status: 429 },
    { status: 500 },
    { stall: true },
    { truncate: true },
    { body: '<html>' },
    { text: '{"Account_Number": {"value": "99' },
    { answer: { Account_Number: { quote: '99' } } },
  ];
  const answer = ({ pageText, earlier, isRepair }: ModelCall): Reply => {
    const number = pageText.slice('Acct No '.length);
    const isFirst = earlier === 0 && !isRepair;
    const fault = isFirst ? ways[Number(number) % 12] : undefined;
    return fault ?? { answer: goldAnswer({ Account_Number: number }, pageText) };
  };
  const { engine, rows } = engineFor(await serve(answer), { timeoutS: 5 });
  const numbers = Array.from({ length: 60 }, (_, index) => `${10_000_000 + index}`);
  const read = await Promise.all(numbers.map((number) => engine.read(taskOf(`Acct No ${number}`), never)));
  expect(read.map(({ reading }) => reading.leaves)).toEqual(
    numbers.map((number) => [{ path: ['Account_Number'], value: number, quote: number }]),
  );
  expect(rows.filter(({ outcome }) => outcome === 'ok')).toHaveLength(60);
  expect(rows.length).toBe(server?.calls.length);
});

test('cancelling ends a call under way at once', async () => {
  const running = await serve(() => ({ stall: true }));
  const { engine, rows } = engineFor(running);
  const stop = new AbortController();
  const reading = engine.read(taskOf(layout), stop.signal);
  await expect.poll(() => running.inFlight()).toBe(1);
  stop.abort(new Error('cancelled by hand'));
  await expect(reading).rejects.toThrow('cancelled by hand');
  await expect.poll(() => running.inFlight()).toBe(0);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['cancelled']);
});

test('the fingerprint changes with all that the answer depends on, and with nothing else', async () => {
  const { engine } = engineFor(await serve(() => gold));
  const task = taskOf(layout);
  const same = engine.fingerprint(task);
  expect(engine.fingerprint(taskOf(layout))).toBe(same);
  expect(
    engine.fingerprint({
      ...task,
      definition: { ...task.definition, name: 'Renamed', slug: 'renamed' },
    }),
  ).toBe(same);
  const others = [
    taskOf(`${layout} `),
    taskOf(layout, { accountNumber: '1' }),
    taskOf(layout, { previousTail: 'above' }),
    { ...task, definition: { ...task.definition, instructions: 'Other.' } },
  ].map((other) => engine.fingerprint(other));
  expect(new Set([same, ...others]).size).toBe(5);
});
