import { expect, test } from 'vitest';
import { parseDefinition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { DefinitionError } from '#lib/core/fields/problems.ts';
import { checkRecord } from '#lib/core/rules/check.ts';

const fields = {
  type: 'object',
  properties: {
    Name: { type: 'string' },
    Form: { type: 'string' },
    Rows: {
      type: 'array',
      items: { type: 'object', properties: { Amount: { type: 'number' }, Note: { type: 'string' } } },
    },
  },
};
const over = 'Not checked: the rule takes more than 100,000 steps';
const lookAhead = 'contains a look-ahead, (?=…), which is not supported: rewrite the pattern without it';

function outcomes(expressions: readonly string[], record: Record<string, unknown>, parse = parseDefinition) {
  const rules = expressions.map((check, index) => ({ name: `rule ${index}`, check, message: 'does not hold' }));
  return checkRecord(parse({ slug: 'x', name: 'x', fields, rules }), record).map(({ ok, message }) => ok || message);
}
const outcome = (expression: string, record: Record<string, unknown>) => outcomes([expression], record)[0];

const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ Amount: index + 1, Note: 'paid' }));
const thousand = { Name: 'a', Form: '', Rows: rowsOf(1000) };

test.each([
  'Rows.all(a, Rows.all(b, Rows.all(c, a.Amount + b.Amount + c.Amount > 0)))',
  'Rows.exists(a, Rows.exists(b, Rows.exists(c, a.Amount + b.Amount + c.Amount < 0)))',
  'Rows.exists_one(a, Rows.exists_one(b, a.Amount < b.Amount))',
  'size(Rows.filter(a, size(Rows.filter(b, a.Amount < b.Amount)) > 0)) > 0',
  'sum(Rows.map(a, sum(Rows.map(b, a.Amount * b.Amount)))) > 0',
  'sum(Rows.map(a, a.Amount > 0, sum(Rows.map(b, b.Amount > 0, a.Amount)))) > 0',
  "Rows.all(a, sum(Rows, 'Amount') > 0)",
  'Rows.all(a, Rows == Rows.map(b, b))',
  'Rows.all(a, a in Rows)',
  "Rows.all(a, Rows.exists(b, b.Note.matches('unpaid')) || a.Amount > 0)",
])('%s ends within its budget on a thousand rows', (expression) => {
  expect(outcome(expression, thousand)).toBe(over);
});

test.each([
  'Rows.all(a, Rows.all(b, Rows.all(c, c.Amount > 0))) || true',
  'Rows.exists(a, Rows.all(b, Rows.all(c, c.Amount > 0)) || a.Amount > 0)',
])('a rule that is out of budget is not saved by what stands around it: %s', (expression) => {
  expect(outcome(expression, thousand)).toBe(over);
});

test('lists and texts that are doubled again and again end within the budget', () => {
  const doubled = Array.from({ length: 20 }, (_, index) => index).reduceRight(
    (inner, index) => `cel.bind(v${index + 1}, v${index} + v${index}, ${inner})`,
    'size(v20) > 0',
  );
  const bound = (value: string) => `cel.bind(v0, ${value}, ${doubled})`;
  const long = { ...thousand, Name: 'a'.repeat(1000) };
  expect(outcome(bound('Rows'), long)).toBe(over);
  expect(outcome(bound('Name'), long)).toBe(over);
  expect(outcome("Rows.map(a, Name).join('').contains('b')", { ...long, Name: 'a'.repeat(100_000) })).toBe(over);
});

test('a rule over the rows of a long statement is within its budget, and each rule has its own', () => {
  const rules = [
    'Rows.all(a, near(a.Amount * 1, a.Amount))',
    "Rows.all(a, a.Note.matches('^[a-z]+$'))",
    'size(Rows) == 15000',
  ];
  expect(outcomes(rules, { Rows: rowsOf(15_000) })).toEqual([true, true, true]);
});

test('matches runs on the linear engine', () => {
  const hostile = { ...thousand, Name: `${'a'.repeat(20_000)}!` };
  expect(outcome("Name.matches('^(a+)+$')", hostile)).toBe('does not hold');
  expect(outcome("Name.matches('^(a+)+!$')", hostile)).toBe(true);
  expect(outcome("Name.matches('(?i)^A+!$')", hostile)).toBe(true);
  expect(outcome("Name.matches('[ab]*a[ab]{200}[cd]$') || true", { ...hostile, Name: 'ab'.repeat(50_000) })).toBe(over);
});

test('a pattern that is put together is matched by the same engine', () => {
  expect(outcome("Name.matches('^' + Form)", { Name: 'abc', Form: 'ab' })).toBe(true);
  expect(outcome('Name.matches(Form)', { Name: 'abc', Form: '(?=a)' })).toBe(`Not checked: its pattern ${lookAhead}`);
  expect(outcome('Name.matches(Rows)', thousand)).toMatch(
    /^The rule could not be computed: found no matching overload/,
  );
});

test('a saved rule whose pattern is not linear fails as not checked, and the others are still checked', () => {
  const rules = ["Name.matches('^(?=a)')", "Name == 'a'"];
  expect(() => outcomes(rules, thousand)).toThrow(DefinitionError);
  expect(outcomes(rules, thousand, parseSavedDefinition)).toEqual([`Not checked: its pattern ${lookAhead}`, true]);
});

test('a message does not repeat what is large', () => {
  expect(outcome('near(Rows, 1)', thousand)).toBe('The rule could not be computed: a list is not a number');
  const message = String(outcome('near(Name, 1)', { ...thousand, Name: 'a'.repeat(100_000) }));
  expect(message).toMatch(/^The rule could not be computed: "a{80}…" is not a number$/);
});

test('a rule that is as long as a rule may be can be evaluated', () => {
  const deep = (depth: number) => `${'('.repeat(depth)}Name${')'.repeat(depth)} == 'a'`;
  const problemAt = (depth: number) => {
    try {
      return outcome(deep(depth), thousand);
    } catch (error) {
      if (error instanceof DefinitionError) return 'refused';
      throw error;
    }
  };
  const depths = Array.from({ length: 60 }, (_, depth) => problemAt(depth));
  expect(new Set(depths)).toEqual(new Set([true, 'refused']));
  expect(depths.lastIndexOf(true)).toBeLessThan(depths.indexOf('refused'));
});
