import type { ChainRule, Definition, Rule } from '#lib/extraction/definition.ts';
import type { Field, ListField } from '#lib/extraction/field.ts';
import { problemAt, type Problems } from '#lib/extraction/problems.ts';
import { ruleEnvironment } from './environment.ts';

/** What is wrong with a definition's rules: names that are no fields, expressions that do not parse or give no yes or no. */
export function ruleProblems(definition: Pick<Definition, 'fields' | 'rules'>): Problems {
  const environment = ruleEnvironment(definition);
  return definition.rules.flatMap((rule, index) => {
    const path = `rules.${index}`;
    if ('chain' in rule) return chainProblems(rule, definition.fields.fields, `${path}.chain`);
    const checked = environment.check(rule.check);
    if (!checked.valid) return [problemAt(`${path}.check`, checked.error?.message.split('\n')[0] ?? 'cannot be read')];
    const isDecision = checked.type === 'bool' || checked.type === 'dyn';
    return isDecision ? [] : [problemAt(`${path}.check`, `gives ${checked.type}: it must be true or false`)];
  });
}

/** The names of the top-level fields that a rule speaks of. */
export function fieldsOfRule(rule: Rule, fields: readonly Field[]): string[] {
  if ('chain' in rule) return [rule.chain.rows, rule.chain.open];
  // What stands in quotes is a column or a text.
  const withoutTexts = rule.check.replace(/'[^']*'|"[^"]*"/g, '');
  const words = new Set(withoutTexts.match(/[A-Za-z_]\w*/g));
  return fields.map((field) => field.name).filter((name) => words.has(name));
}

function chainProblems({ chain }: ChainRule, fields: readonly Field[], path: string): Problems {
  const problems: Problems = [];
  if (!isNumber(fields.find((field) => field.name === chain.open))) {
    problems.push(
      problemAt(`${path}.open`, `names ${JSON.stringify(chain.open)}, which is not a number of this schema`),
    );
  }
  const rows = fields.find((field): field is ListField => field.name === chain.rows && field.kind === 'list');
  if (!rows || rows.item.kind !== 'object') {
    problems.push(problemAt(`${path}.rows`, `names ${JSON.stringify(chain.rows)}, which is not a list of rows`));
    return problems;
  }
  const columns = rows.item.fields;
  for (const name of [...chain.add, ...chain.subtract, chain.balance]) {
    if (!isNumber(columns.find((column) => column.name === name))) {
      problems.push(
        problemAt(path, `names ${JSON.stringify(name)}, which is not a number in the rows of ${chain.rows}`),
      );
    }
  }
  return problems;
}

function isNumber(field: Field | undefined): boolean {
  return field?.kind === 'scalar' && (field.type === 'number' || field.type === 'integer');
}
