import { expect, test } from 'vitest';
import { parseDefinition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { DefinitionError, type Problem } from '#lib/core/fields/problems.ts';
import { definitionToJson } from '#lib/schemas/definition-json.ts';

function problemsIn(input: unknown): readonly Problem[] {
  try {
    parseDefinition(input, { slug: 'test' });
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

const withFields = (properties: object, more: object = {}) => ({
  name: 'Test',
  fields: { type: 'object', properties },
  ...more,
});
const text = { type: 'string' };
const number = { type: 'number' };

test('a bare JSON Schema takes its slug from the path and its name from its title', () => {
  const definition = parseDefinition(
    { title: 'Reports', type: 'object', properties: { A: text } },
    { slug: 'reports' },
  );
  expect(definition).toMatchObject({ slug: 'reports', name: 'Reports', locale: 'en-US', rules: [], split: null });
});

test('a wrapper may hold a bare JSON Schema or a whole definition', () => {
  const bare = { title: 'Inner', type: 'object', properties: { A: text } };
  const fromBare = parseDefinition(
    { description: 'Read well', locale: 'de-DE', schema_definition: bare },
    { slug: 'x' },
  );
  expect(fromBare).toMatchObject({ name: 'Inner', instructions: 'Read well', locale: 'de-DE' });
  const whole = { slug: 'inner', name: 'Whole', fields: bare, split: { by: 'A' } };
  expect(parseDefinition({ schema_definition: whole })).toMatchObject({
    slug: 'inner',
    name: 'Whole',
    split: { by: 'A', pattern: null, pages: null },
  });
});

test('what is exported reads back the same, keywords that nobody knows included', () => {
  const fields = { type: 'object', 'x-own': 1, properties: { A: { ...text, 'x-hint': ['a'] } }, required: ['A'] };
  const definition = parseDefinition({ slug: 'x', name: 'X', fields, rules: [{ name: 'r', check: "A != 'b'" }] });
  const json = definitionToJson(definition);
  expect(json).toMatchObject({ fields });
  expect(parseDefinition(json)).toEqual(definition);
});

test('references, alternatives with null and lists of types become plain fields', () => {
  const { fields } = parseDefinition(
    {
      type: 'object',
      properties: {
        When: { $ref: '#/$defs/a~1date' },
        Sum: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/Money' }] },
        Count: { type: ['integer', 'null'] },
        Either: { type: ['integer', 'number'] },
        Kind: { enum: ['a', 'b', null] },
        Rows: { type: ['array', 'null'], items: { $ref: '#/$defs/Row' } },
      },
      $defs: {
        'a/date': { type: 'string', format: 'date', title: 'Day' },
        Money: { type: 'object', properties: { Amount: number } },
        Row: { properties: { Money: { $ref: '#/$defs/Money' } } },
      },
    },
    { slug: 'x' },
  );
  expect(fields.fields).toMatchObject([
    { kind: 'scalar', type: 'string', format: 'date', label: 'Day' },
    { kind: 'object', fields: [{ name: 'Amount', type: 'number' }] },
    { kind: 'scalar', type: 'integer' },
    { kind: 'scalar', type: 'number' },
    { kind: 'scalar', type: 'string', enum: ['a', 'b'] },
    { kind: 'list', item: { kind: 'object', fields: [{ name: 'Money', kind: 'object' }] } },
  ]);
});

test('parts that hold together give all their properties', () => {
  const { fields } = parseDefinition(
    {
      allOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }, { properties: { C: number }, required: ['C'] }],
      required: ['A'],
      $defs: { A: { type: 'object', properties: { A: text } }, B: { type: 'object', properties: { B: text } } },
    },
    { slug: 'x' },
  );
  expect(fields.fields).toMatchObject([
    { name: 'A', required: true },
    { name: 'B', required: false },
    { name: 'C', required: true },
  ]);
});

test('all mistakes are told at once, each with its path', () => {
  const input = withFields(
    { A: { type: 'string', format: 'iso-date' }, B: { type: 'string', pattern: '(' }, C: { type: 'money' } },
    {
      locale: '???',
      priority: 'urgent',
      split: { by: 'Nothing' },
      rules: [
        { name: 'r', check: 'D > 1' },
        { name: 's', check: 'A' },
        { check: 'A ==' },
        'x',
        { name: 's', check: '1 + 1' },
      ],
    },
  );
  const paths = problemsIn(input).map(({ path }) => path);
  expect(paths).toEqual([
    'locale',
    'priority',
    'fields.A.format',
    'fields.B.pattern',
    'fields.C',
    'split.by',
    'rules.2.name',
    'rules.3',
    'rules.0.check',
    'rules.4.name',
    'rules.4.check',
  ]);
});

test.each([
  ['a format that is unknown', withFields({ A: { ...text, format: 'iso' } }), 'fields.A.format', /use date, date-time/],
  [
    'a rule that names no field',
    withFields({ A: number }, { rules: [{ name: 'r', check: 'B > 1' }] }),
    'rules.0.check',
    /Unknown variable: B, which is not a field: use A/,
  ],
  [
    'a rule over nothing',
    withFields({ A: number }, { rules: [{ name: 'r', check: '1 < 2' }] }),
    'rules.0.check',
    /names no field of this schema: use A/,
  ],
  [
    'a rule that is no decision',
    withFields({ A: text }, { rules: [{ name: 'r', check: 'size(A)' }] }),
    'rules.0.check',
    /true or false/,
  ],
  [
    'a number looked for in a list',
    withFields({ A: number }, { rules: [{ name: 'r', check: 'A in [1, 2]' }] }),
    'rules.0.check',
    /==/,
  ],
  ['a split by a missing field', withFields({ A: text }, { split: { by: 'B' } }), 'split.by', /not a field/],
  [
    'a pattern that does not compile',
    withFields({ A: { ...text, pattern: '[a' } }),
    'fields.A.pattern',
    /does not compile/,
  ],
  [
    'a required name without a property',
    { type: 'object', required: ['B'], properties: { A: text } },
    'fields.required',
    /"B"/,
  ],
  ['a reference to nothing', withFields({ A: { $ref: '#/$defs/B' } }), 'fields.A', /define it under \$defs/],
  ['a name that is none', withFields(JSON.parse('{"__proto__": {"type": "string"}}')), 'fields', /another name/],
  ['no fields', withFields({}), 'fields.properties', /at least one/],
])('%s is named with its path and a mend', (_, input, path, message) => {
  expect(problemsIn(input)).toEqual([{ path, message: expect.stringMatching(message) }]);
});

test('a rule that sums a column which the rows do not have is refused', () => {
  const Rows = { type: 'array', items: { type: 'object', properties: { Amount: number } } };
  const rules = [{ name: 'r', check: "near(A, sum(Rows, 'Amuont'))" }];
  expect(problemsIn(withFields({ A: number, Rows }, { rules }))).toEqual([
    { path: 'rules.0.check', message: 'sums Rows.Amuont, which is not a number in the rows of a list: use Amount' },
  ]);
});

test('a chain must name numbers of the schema and of its rows', () => {
  const Rows = { type: 'array', items: { type: 'object', properties: { Paid: number, Note: text } } };
  const chain = { rows: 'Rows', open: 'Start', subtract: ['Paid', 'Note'], balance: 'Left' };
  const problems = problemsIn(withFields({ Rows }, { rules: [{ name: 'r', chain }] }));
  expect(problems.map(({ message }) => message.split(',')[0])).toEqual([
    'names "Start"',
    'names "Note"',
    'names "Left"',
  ]);
});

test('a schema that refers to itself is refused, once for each place', () => {
  const Node = { type: 'object', properties: { left: { $ref: '#/$defs/Node' }, right: { $ref: '#/$defs/Node' } } };
  const problems = problemsIn({ type: 'object', properties: { Root: { $ref: '#/$defs/Node' } }, $defs: { Node } });
  expect(problems.map(({ path }) => path)).toEqual(['fields.Root.left', 'fields.Root.right']);
});

function twice(next: number) {
  const half = { $ref: `#/$defs/${next}` };
  return { type: 'object', properties: { a: half, b: half } };
}

test('references that multiply are refused quickly', () => {
  const $defs = Object.fromEntries(
    Array.from({ length: 18 }, (_, index) => [index, index === 17 ? text : twice(index + 1)]),
  );
  const problems = problemsIn({ type: 'object', properties: { Root: { $ref: '#/$defs/0' } }, $defs });
  expect(problems).toContainEqual({ path: 'fields', message: expect.stringContaining('more than 5000') });
});

test.each([
  [
    'a field',
    withFields({ A: { ...text, pattern: '^(?=.*\\d)' } }),
    'fields.A.pattern',
    'contains a look-ahead, (?=…)',
  ],
  [
    'a field in the rows of a list',
    withFields({ Rows: { type: 'array', items: { type: 'object', properties: { A: { pattern: '(a)\\1' } } } } }),
    'fields.Rows.items.A.pattern',
    'contains a back-reference, \\1',
  ],
  [
    'the split',
    withFields({ A: text }, { split: { by: 'A', pattern: '(?<!1)2' } }),
    'split.pattern',
    'contains a negative look-behind, (?<!…)',
  ],
  [
    'a rule',
    withFields({ A: text }, { rules: [{ name: 'r', check: "A == 'b' || A.matches('(?=a)')" }] }),
    'rules.0.check',
    'has a pattern that contains a look-ahead, (?=…)',
  ],
])('a pattern of %s that is not linear is refused', (_, input, path, construct) => {
  const message = `${construct}, which is not supported: rewrite the pattern without it`;
  expect(problemsIn(input)).toEqual([{ path, message }]);
});

test('what is saved is read, with its patterns that are not evaluated listed', () => {
  const pattern = '^(?=.*\\d)';
  const rules = [{ name: 'r', check: "A.matches('(?=a)')" }];
  const saved = withFields({ A: { ...text, pattern } }, { rules, split: { by: 'A', pattern } });
  const definition = parseSavedDefinition(saved, { slug: 'test' });
  expect(definition.fields.fields).toMatchObject([{ name: 'A', pattern }]);
  expect(definition.unchecked.map(({ path }) => path)).toEqual(['fields.A.pattern', 'split.pattern', 'rules.0.check']);
  expect(definitionToJson(definition)).not.toHaveProperty('unchecked');
  expect(() => parseSavedDefinition({ slug: 'x', name: 'x', fields: {} })).toThrow(DefinitionError);
});

test('patterns that are large together are refused', () => {
  const pattern = (index: number) => ({ ...text, pattern: `^[a-z]{0,900}${index}$` });
  const many = (count: number) =>
    withFields(Object.fromEntries(Array.from({ length: count }, (_, i) => [i, pattern(i)])));
  expect(problemsIn(many(20))).toEqual([]);
  expect(problemsIn(many(80))).toEqual([{ path: 'fields', message: expect.stringContaining('too large together') }]);
});

test.each([
  '^[0-9-]{6,}$',
  '^(\\d+,)*\\d+$',
  '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$',
  '(a|b)*c',
  '(a+)+$',
  '(\\w|\\d)*$',
  '^.{1,400}$',
])('the pattern %s is taken', (pattern) => expect(problemsIn(withFields({ A: { ...text, pattern } }))).toEqual([]));

test('fields with names that rules cannot speak of are taken', () => {
  const names = ['type', 'list', 'loop', 'int', 'Total (USD)', 'constructor'];
  const properties = Object.fromEntries(names.map((name) => [name, text]));
  expect(problemsIn(withFields(properties, { rules: [{ name: 'r', check: "record['type'] == 'a'" }] }))).toEqual([]);
});

test('a field may name its business term in electronic invoices', () => {
  const lines = {
    type: 'array',
    'x-en16931': 'BG-25',
    items: { type: 'object', properties: { Net: { ...number, 'x-en16931': 'BT-131' } } },
  };
  const { fields } = parseDefinition(withFields({ Number: { ...text, 'x-en16931': 'BT-1' }, Lines: lines }), {
    slug: 'x',
  });
  expect(fields.fields).toMatchObject([{ term: 'BT-1' }, { term: 'BG-25', item: { fields: [{ term: 'BT-131' }] } }]);
});

test.each([
  [{ ...text, 'x-en16931': 'BT-999' }, 'fields.A.x-en16931', /is BT-999, which is not read: use one of BT-1, BT-2, /],
  [{ ...text, 'x-en16931': 7 }, 'fields.A.x-en16931', /is 7, which is not read/],
  [{ ...number, 'x-en16931': 'BT-131' }, 'fields.A.x-en16931', /is BT-131, of a line: use it in a list with BG-25/],
  [{ type: 'array', items: text, 'x-en16931': 'BG-25' }, 'fields.A.x-en16931', /must be BG-25, and its items objects/],
  [{ type: 'object', properties: { B: text }, 'x-en16931': 'BT-1' }, 'fields.A.x-en16931', /leave it out/],
  [
    {
      type: 'array',
      'x-en16931': 'BG-25',
      items: { type: 'object', properties: { B: { ...text, 'x-en16931': 'BT-1' } } },
    },
    'fields.A.items.B.x-en16931',
    /is BT-1, which is not read of lines: use one of BT-126, /,
  ],
])('a business term that is not read is refused: %j', (field, path, message) => {
  expect(problemsIn(withFields({ A: field }))).toEqual([{ path, message: expect.stringMatching(message) }]);
});

test('a version that was saved with a term of another meaning is still read', () => {
  const { fields } = parseSavedDefinition(withFields({ A: { ...text, 'x-en16931': 'BT-999' } }), { slug: 'x' });
  expect(fields.fields).toHaveLength(1);
});
