import { Environment } from '@marcbachmann/cel-js';
import { Decimal } from 'decimal.js';
import type { Definition } from '#lib/extraction/definition.ts';

/** Half a cent: what rounding to two places may make of one amount. */
const nearBy = new Decimal('0.005');

type Number = Decimal | bigint | number;

const decimalOf = (value: Number): Decimal => new Decimal(String(value));

/** A value that a function of ours cannot work with; the rule says so, or does not apply when a field is missing. */
export class RuleValueError extends Error {
  override name = 'RuleValueError';
}

/**
 * The language of a schema's rules: CEL with its fields as variables, decimal arithmetic for every number, and
 * `sum(list, 'Column')`, `near(a, b)`, `near(a, b, tolerance)`, `date(text)`. Expressions in it cannot loop for ever.
 */
export function ruleEnvironment(definition: Pick<Definition, 'fields'>): Environment {
  const environment = new Environment({ limits: { maxAstNodes: 2000, maxDepth: 50 } });
  environment.registerType('decimal', { ctor: Decimal, fields: {} });
  registerArithmetic(environment);
  environment.registerFunction('sum(dyn, string): decimal', sum);
  environment.registerFunction('near(dyn, dyn): bool', (a: unknown, b: unknown) => isNear(a, b, nearBy));
  environment.registerFunction('near(dyn, dyn, dyn): bool', (a: unknown, b: unknown, by: unknown) =>
    isNear(a, b, numberFrom(by)),
  );
  environment.registerFunction('date(dyn): string', (value: unknown) => {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)) return value.slice(0, 10);
    throw new RuleValueError(`${JSON.stringify(value)} is not a date`);
  });
  for (const field of definition.fields.fields) environment.registerVariable(field.name, 'dyn');
  return environment;
}

function registerArithmetic(environment: Environment): void {
  const pairs = ['decimal', 'int', 'double'].flatMap((other) =>
    other === 'decimal'
      ? [['decimal', 'decimal']]
      : [
          ['decimal', other],
          [other, 'decimal'],
        ],
  );
  const compute: Record<string, (a: Decimal, b: Decimal) => Decimal> = {
    '+': (a, b) => a.plus(b),
    '-': (a, b) => a.minus(b),
    '*': (a, b) => a.times(b),
    '/': (a, b) => a.div(b),
  };
  const compare: Record<string, (order: number) => boolean> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
  };
  for (const [left, right] of pairs) {
    for (const [sign, apply] of Object.entries(compute)) {
      environment.registerOperator(`${left} ${sign} ${right}: decimal`, (a: Number, b: Number) =>
        apply(decimalOf(a), decimalOf(b)),
      );
    }
    for (const [sign, holds] of Object.entries(compare)) {
      environment.registerOperator(`${left} ${sign} ${right}: bool`, (a: Number, b: Number) =>
        holds(decimalOf(a).cmp(decimalOf(b))),
      );
    }
  }
  // Equality is symmetric: one order of each pair is enough.
  for (const other of ['decimal', 'int', 'double']) {
    environment.registerOperator(`decimal == ${other}`, (a: Number, b: Number) => decimalOf(a).eq(decimalOf(b)));
  }
}

/** The sum of a column; rows without a value count as nothing. */
function sum(list: unknown, column: string): Decimal {
  if (!Array.isArray(list)) throw new RuleValueError('sum needs a list');
  return list.reduce<Decimal>((total, row: Record<string, unknown> | null) => {
    const value = row?.[column];
    return value === null || value === undefined ? total : total.plus(numberFrom(value));
  }, new Decimal(0));
}

function isNear(a: unknown, b: unknown, by: Decimal): boolean {
  return numberFrom(a).minus(numberFrom(b)).abs().lte(by);
}

function numberFrom(value: unknown): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return new Decimal(String(value));
  throw new RuleValueError(`${JSON.stringify(value)} is not a number`);
}

/** A record as rules see it: every number a decimal. */
export function withDecimals(value: unknown): unknown {
  if (typeof value === 'number') return new Decimal(String(value));
  if (Array.isArray(value)) return value.map(withDecimals);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withDecimals(part)]));
  }
  return value;
}
