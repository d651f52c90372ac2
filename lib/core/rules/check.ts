import type { RuledFields, RecordCheck, ExpressionRule } from './rule.ts';
import type { Field, ObjectField, ScalarField } from '#lib/core/fields/field.ts';
import type { Path } from '#lib/core/fields/path.ts';
import { NotChecked } from './budget.ts';
import { isPlainNumber } from '#lib/core/normalise/digits.ts';
import { checkChain } from './chain.ts';
import { cellOf, MissingValue, ruleEnvironment, withDecimals } from './environment.ts';
import { Decimal } from './decimal.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { meter, type Metered } from './meter.ts';
import { fieldOf } from './parse.ts';

interface CompiledRule {
  mentions: Mentions;
  evaluate: Metered['evaluate'];
}

/** A definition never changes; to set up its language costs a thousand times what a rule does. */
const compilers = new WeakMap<ObjectField, (rule: ExpressionRule) => CompiledRule>();

/**
 * Checks a record against its schema's rules. A rule over a value that is missing does not apply and gives nothing,
 * unless it asks for that itself (`Tax == null || …`, `has(…)`). A rule that fails to compute is that rule's failure, never
 * the record's. `pageOf` tells on which page (0-based) a value stands, for the message of a chain. Runs in worker and
 * browser.
 */
export function checkRecord(
  definition: RuledFields,
  record: Record<string, unknown>,
  pageOf: (path: Path) => number | null = () => null,
): RecordCheck[] {
  const compile = compilers.get(definition.fields) ?? compilerOf(definition);
  compilers.set(definition.fields, compile);
  const values = withDecimals(completed(definition.fields, record));
  return definition.rules.flatMap((rule) => {
    if ('chain' in rule) return checkChain(rule, definition.fields, values, pageOf);
    return checkExpression(compile(rule), rule, definition.fields, values) ?? [];
  });
}

/** Compiles each rule of a definition once. */
function compilerOf({ fields }: Pick<RuledFields, 'fields'>): (rule: ExpressionRule) => CompiledRule {
  const compile = meter(ruleEnvironment({ fields }));
  const compiled = new Map<string, CompiledRule>();
  return ({ check }) => {
    const known = compiled.get(check);
    if (known) return known;
    const { ast, evaluate } = compile(check);
    const made = { mentions: mentionsOf(ast, fields), evaluate };
    compiled.set(check, made);
    return made;
  };
}

function checkExpression(
  { mentions, evaluate }: CompiledRule,
  rule: ExpressionRule,
  fields: ObjectField,
  values: unknown,
): RecordCheck | null {
  const singles = mentions.fields.filter((names) => !passesList(fields, names));
  const named = singles.length > 0 ? singles : mentions.fields.flatMap((names) => listPlaces(fields, names, values));
  const about = { rule: rule.name, severity: rule.severity, paths: named };
  if (!mentions.asksForMissing && singles.some((names) => valueAt(values, names) === null)) return null;
  try {
    const ok = evaluate({ ...Object(values), record: values }) === true;
    return { ...about, ok, message: ok ? '' : rule.message || `${rule.name} does not hold` };
  } catch (error) {
    if (error instanceof MissingValue) return null;
    if (error instanceof NotChecked) return { ...about, ok: false, message: `Not checked: ${error.message}` };
    // A rule is somebody's program: whatever it throws is its own failure.
    if (!(error instanceof Error)) throw error;
    if (mentions.fields.some((names) => hasMissing(valueAt(values, names.slice(0, 1))))) return null;
    const [reason] = error.message.split('\n');
    return { ...about, ok: false, message: `The rule could not be computed: ${reason}` };
  }
}

/** The record with every field of the schema: null where a value is missing, no rows where a list is. */
function completed(field: Field, value: unknown): unknown {
  if (field.kind === 'list') return Array.isArray(value) ? value.map((item) => completed(field.item, item)) : [];
  if (field.kind === 'scalar') return numberOf(field, value) ?? value ?? null;
  return Object.fromEntries(field.fields.map((part) => [part.name, completed(part, cellOf(value, part.name))]));
}

/** A number that is kept as the text of its digits; null for anything else. */
function numberOf({ type }: ScalarField, value: unknown): Decimal | null {
  const isNumeric = type === 'number' || type === 'integer';
  return isNumeric && typeof value === 'string' && isPlainNumber(value) ? new Decimal(value) : null;
}

/** Where to show what concerns a list as a whole: at the list, and at the values of its first row. */
function listPlaces(fields: ObjectField, names: readonly string[], values: unknown): Path[] {
  const end = names.findIndex((_, index) => fieldOf(fields, names.slice(0, index + 1))?.kind === 'list') + 1;
  const list = names.slice(0, end);
  const rows = valueAt(values, list);
  if (!Array.isArray(rows) || rows.length === 0) return [list];
  const item: Field | undefined = fieldOf(fields, list);
  const first: Path = list.concat();
  if (item?.kind !== 'list' || item.item.kind !== 'object') return [list, first.concat(0)];
  return [list, ...item.item.fields.map(({ name }) => first.concat(0, name))];
}

function passesList(fields: ObjectField, names: readonly string[]): boolean {
  return names.some((_, index) => fieldOf(fields, names.slice(0, index + 1))?.kind === 'list');
}

export function valueAt(values: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(cellOf, values);
}

function hasMissing(value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(hasMissing);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(Object(value)).some(hasMissing);
}
