import { Environment } from '@marcbachmann/cel-js';
import { Decimal } from './decimal.ts';
import type { RuledFields } from './rule.ts';

/** Half a cent: what rounding to two places may make of one amount. */
const nearBy = new Decimal('0.005');

type Number = Decimal | bigint | number;

const maxNodes = 2000;
const maxDepth = 50;
/** What `meter` puts around a rule. */
const meterNodes = 1;

const decimalOf = (value: Number): Decimal => new Decimal(String(value));

/** A value that a function of ours cannot work with: the rule says so. */
export class RuleValueError extends Error {
  override name = 'RuleValueError';
}

/** A rule needs a value that the record does not have: it does not apply. */
export class MissingValue extends Error {
  override name = 'MissingValue';
}

/** Names that CEL keeps for itself; such a field is reached by `record['type']`, as one whose name has a space. */
const reservedNames = new Set(
  (
    'as break const continue else false for function if import in let loop null package namespace return true var void while ' +
    'record constructor __proto__'
  ).split(' '),
);

/**
 * The language of a schema's rules: CEL with its fields as variables, decimal arithmetic for every number, and
 * `sum(list, 'Column')`, `sum(list)`, `near(a, b)`, `near(a, b, tolerance)`, `abs(number)`, `date(text)`, which gives a
 * timestamp. All fields, whatever their names, are also in `record`. `meter` limits how long its expressions run.
 */
export function ruleEnvironment(definition: Pick<RuledFields, 'fields'>): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: maxNodes + meterNodes, maxDepth: maxDepth + meterNodes },
  });
  environment.registerType('decimal', { ctor: Decimal, fields: {} });
  registerArithmetic(environment);
  environment.registerFunction('sum(dyn): decimal', (list: unknown) => sum(list, null));
  environment.registerFunction('sum(dyn, string): decimal', sum);
  environment.registerFunction('near(dyn, dyn): bool', (a: unknown, b: unknown) => isNear(a, b, nearBy));
  environment.registerFunction('near(dyn, dyn, dyn): bool', (a: unknown, b: unknown, by: unknown) =>
    isNear(a, b, numberFrom(by)),
  );
  environment.registerFunction('abs(dyn): decimal', (value: unknown) => numberFrom(value).abs());
  environment.registerFunction('date(dyn): google.protobuf.Timestamp', dateFrom);
  environment.registerVariable('record', 'dyn');
  for (const { name } of definition.fields.fields) {
    const isSpeakable = /^[A-Za-z_]\w*$/.test(name) && !reservedNames.has(name) && !environment.hasVariable(name);
    if (isSpeakable) environment.registerVariable(name, 'dyn');
  }
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
    '/': divide,
    '%': (a, b) => a.mod(b),
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
  environment.registerOperator('-decimal: decimal', (value: Decimal) => value.negated());
  // Equality is symmetric: one order of each pair is enough.
  for (const other of ['decimal', 'int', 'double']) {
    environment.registerOperator(`decimal == ${other}`, (a: Number, b: Number) => decimalOf(a).eq(decimalOf(b)));
  }
}

function divide(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) throw new RuleValueError('it divides by zero');
  return a.div(b);
}

/** An ISO date, or the date of an ISO time, as the start of its day. */
function dateFrom(value: unknown): Date {
  if (value === null) throw new MissingValue('no date');
  const date = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? new Date(value.slice(0, 10)) : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new RuleValueError(`${shown(value)} is not a date`);
}

/**
 * The sum of a column, or of a list of numbers; rows without a value count as nothing. A list without rows was not
 * read, so there is nothing to compare with.
 */
function sum(list: unknown, column: string | null): Decimal {
  if (list === null || (Array.isArray(list) && list.length === 0)) throw new MissingValue('no rows');
  if (!Array.isArray(list)) throw new RuleValueError('sum needs a list');
  return list.reduce<Decimal>((total, row: unknown) => {
    const value = column === null ? row : cellOf(row, column);
    return value === null || value === undefined ? total : total.plus(numberFrom(value));
  }, new Decimal(0));
}

function isNear(a: unknown, b: unknown, by: Decimal): boolean {
  return numberFrom(a).minus(numberFrom(b)).abs().lte(by);
}

export function cellOf(row: unknown, column: string): unknown {
  return typeof row === 'object' && row !== null && Object.hasOwn(row, column) ? Reflect.get(row, column) : null;
}

function numberFrom(value: unknown): Decimal {
  if (value === null || value === undefined) throw new MissingValue('no number');
  if (value instanceof Decimal) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return new Decimal(String(value));
  throw new RuleValueError(`${shown(value)} is not a number`);
}

const maxShown = 80;

/** A value for a message: of one that is large, what it is. */
function shown(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > maxShown ? `${value.slice(0, maxShown)}…` : value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'boolean' || value instanceof Decimal ? value.toString() : 'a group';
}

/** A record as rules see it: every number a decimal. */
export function withDecimals(value: unknown): unknown {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number') return new Decimal(String(value));
  if (Array.isArray(value)) return value.map(withDecimals);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withDecimals(part)]));
  }
  return value;
}
