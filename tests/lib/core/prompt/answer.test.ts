import { describe, expect, test } from 'vitest';
import { parseDefinition } from '#lib/core/schema/definition.ts';
import { AnswerError, answerLeaves, joinAnswers, parseAnswer } from '#lib/core/prompt/answer.ts';

const { fields } = parseDefinition({
  slug: 'order',
  name: 'Order',
  fields: {
    type: 'object',
    properties: {
      Number: { type: 'string' },
      Paid: { type: 'boolean' },
      Buyer: {
        type: 'object',
        properties: { Name: { type: 'string' }, Phones: { type: 'array', items: { type: 'string' } } },
      },
      Lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: { Item: { type: 'string' }, Serials: { type: 'array', items: { type: 'string' } } },
        },
      },
    },
  },
});

const leaf = (value: string) => ({ value, quote: value });
const leavesOf = (answer: unknown) => answerLeaves(parseAnswer(fields, JSON.stringify(answer)));

describe('an answer', () => {
  test('keeps the digits of numbers that JSON numbers cannot hold', () => {
    const answer = parseAnswer(fields, '{"Number": {"value": 9999888877776667, "quote": null}, "Paid": 12.50}');
    expect(answerLeaves(answer).map(({ value }) => value)).toEqual(['9999888877776667', 12.5]);
  });

  test('gives a leaf for each value, with its path and quote', () => {
    const answer = {
      Number: leaf('A-1'),
      Paid: { value: false, quote: 'unpaid' },
      Buyer: { Name: leaf('Ann'), Phones: [leaf('1'), leaf('2')] },
      Lines: [{ Item: leaf('Pen'), Serials: [leaf('x'), leaf('y')] }],
    };
    expect(leavesOf(answer).map(({ path, value }) => [path.join('.'), value])).toEqual([
      ['Number', 'A-1'],
      ['Paid', false],
      ['Buyer.Name', 'Ann'],
      ['Buyer.Phones.0', '1'],
      ['Buyer.Phones.1', '2'],
      ['Lines.0.Item', 'Pen'],
      ['Lines.0.Serials.0', 'x'],
      ['Lines.0.Serials.1', 'y'],
    ]);
  });

  test('leaves out nulls, empty texts and rows that say nothing, and counts the others from 0', () => {
    const empty = { Item: null, Serials: [] };
    const lines = [
      empty,
      { Item: leaf('Pen'), Serials: null },
      { Item: { value: ' ', quote: '' } },
      { Item: leaf('Ink') },
    ];
    expect(leavesOf({ Number: { value: null, quote: null }, Buyer: null, Lines: lines })).toEqual([
      { path: ['Lines', 0, 'Item'], value: 'Pen', quote: 'Pen' },
      { path: ['Lines', 1, 'Item'], value: 'Ink', quote: 'Ink' },
    ]);
  });

  test('may give a bare value, which then has no quote', () => {
    expect(leavesOf({ Number: 'A-1' })).toEqual([{ path: ['Number'], value: 'A-1', quote: null }]);
  });

  test('loses what no text in a database may hold', () => {
    const text = '{"Number": {"value": "A\\u0000-\\ud8001", "quote": "\\u0000A-1"}}';
    expect(answerLeaves(parseAnswer(fields, text))).toEqual([{ path: ['Number'], value: 'A-\ufffd1', quote: 'A-1' }]);
  });

  test('says nothing of fields that the schema does not have', () => {
    expect(leavesOf({ Number: leaf('A-1'), Secret: leaf('x'), __proto__: leaf('y') })).toHaveLength(1);
  });

  test.each([
    ['alone', (json: string) => json],
    ['in a fenced block', (json: string) => `Sure:\n\`\`\`json\n${json}\n\`\`\`\nDone.`],
    ['in the second of two blocks', (json: string) => `\`\`\`\nfirst\n\`\`\`\nthen\n\`\`\`json\n${json}\n\`\`\``],
    ['between other words', (json: string) => `The answer is ${json}, I think.`],
    ['after what a model thinks aloud', (json: string) => `<think>{ hm }\n</think>So: ${json}`],
  ])('is found %s', (_where, wrap) => {
    expect(answerLeaves(parseAnswer(fields, wrap(JSON.stringify({ Number: leaf('A-1') }))))).toHaveLength(1);
  });

  test.each([
    ['not JSON', 'sorry', 'the answer is not a JSON object'],
    ['a list', '[]', 'the answer is not a JSON object'],
    ['cut off', '{"Number": {"value": "A', 'the answer is not a JSON object'],
    ['wrapped in something else', '{"order": {"Number": null}}', 'the answer has none of the fields'],
    ['an object for a list', '{"Lines": {}}', 'Lines must be a list, not an object'],
    [
      'a list for a value',
      '{"Lines": [{"Item": ["Pen"]}]}',
      'Lines[0].Item must be {"value", "quote"} or null, not a list',
    ],
    ['a leaf without value', '{"Buyer": {"Name": {"text": "Ann"}}}', 'Buyer.Name has no "value"'],
    [
      'a value that is none',
      '{"Number": {"value": {}, "quote": ""}}',
      'Number.value must be a single value, not an object',
    ],
  ])('that is %s is refused, saying where and why', (_what, text, message) => {
    expect(() => parseAnswer(fields, text)).toThrow(new AnswerError(message));
  });
});

test('the answers of two parts of a page are joined: lists go on, of a single value the first counts', () => {
  const first = { Number: leaf('A-1'), Buyer: { Name: null, Phones: [leaf('1')] }, Lines: [{ Item: leaf('Pen') }] };
  const second = {
    Number: leaf('B-2'),
    Buyer: { Name: leaf('Ann'), Phones: [leaf('2')] },
    Lines: [{ Item: leaf('Ink') }],
  };
  const [one, two] = [first, second].map((answer) => parseAnswer(fields, JSON.stringify(answer)));
  if (!one || !two) throw new Error('unreachable');
  const values = answerLeaves(joinAnswers(one, two)).map(({ path, value }) => `${path.join('.')}=${value}`);
  expect(values).toEqual([
    'Number=A-1',
    'Buyer.Phones.0=1',
    'Buyer.Phones.1=2',
    'Buyer.Name=Ann',
    'Lines.0.Item=Pen',
    'Lines.1.Item=Ink',
  ]);
});
