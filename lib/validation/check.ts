import { EvaluationError } from '@marcbachmann/cel-js';
import type { Definition, ExpressionRule } from '#lib/extraction/definition.ts';
import type { Check, Path } from '#lib/extraction/leaf.ts';
import { checkChain } from './chain.ts';
import { RuleValueError, ruleEnvironment, withDecimals } from './environment.ts';
import { fieldsOfRule } from './parse.ts';

/** The outcome of a rule, with the values that it speaks of. */
export interface RecordCheck extends Check {
  /** Top-level fields, or for a chain the very cell where it breaks. */
  paths: Path[];
}

/**
 * Checks a record against its schema's rules. A rule over a value that is missing does not apply and gives nothing.
 * A rule that fails to compute is that rule's failure, never the record's. `pageOf` tells on which page (0-based) a
 * row stands, for the message of a chain. Runs in worker and browser.
 */
export function checkRecord(
  definition: Definition,
  record: Record<string, unknown>,
  pageOf: (path: Path) => number | null = () => null,
): RecordCheck[] {
  const environment = ruleEnvironment(definition);
  const values = withDecimals(withNulls(definition, record)) as Record<string, unknown>;
  return definition.rules.flatMap((rule) => {
    if ('chain' in rule) return checkChain(rule, values, pageOf) ?? [];
    return checkExpression(rule, definition, values, (expression) => environment.evaluate(expression, values)) ?? [];
  });
}

function checkExpression(
  rule: ExpressionRule,
  definition: Definition,
  values: Record<string, unknown>,
  evaluate: (expression: string) => unknown,
): RecordCheck | null {
  const names = fieldsOfRule(rule, definition.fields.fields);
  const about = { rule: rule.name, severity: rule.severity, paths: names.map((name) => [name]) };
  try {
    const ok = evaluate(rule.check) === true;
    return { ...about, ok, message: ok ? '' : rule.message || `${rule.name} does not hold` };
  } catch (error) {
    if (!(error instanceof EvaluationError) && !(error instanceof RuleValueError)) throw error;
    if (names.some((name) => values[name] === null)) return null;
    const [reason] = error.message.split('\n');
    return { ...about, ok: false, message: `The rule could not be computed: ${reason}` };
  }
}

/** Every field has a value, if only null: a rule may speak of any. */
function withNulls(definition: Definition, record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(definition.fields.fields.map(({ name }) => [name, record[name] ?? null]));
}
