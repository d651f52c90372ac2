import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import type { ChainRule, Rule } from './rule.ts';
import type { Field, ObjectField } from '#lib/core/fields/field.ts';
import { pathReadings, pathText } from '#lib/core/fields/path.ts';
import { problemAt, type Problems } from '#lib/core/fields/problems.ts';
import { patternOf } from '#lib/core/patterns/pattern.ts';
import { ruleEnvironment } from './environment.ts';
import { mentionsOf, nodesOf, sumOf } from './mentions.ts';
import { meter, meteredText } from './meter.ts';

/**
 * What is wrong with rules, a null in place of one that could not be read: names that are no fields, expressions that do
 * not parse or give no yes or no. Patterns that are not evaluated go to `unchecked`.
 */
export function ruleProblems(fields: ObjectField, rules: readonly (Rule | null)[], unchecked: Problems): Problems {
  const environment = ruleEnvironment({ fields });
  meter(environment);
  const taken = rules.map((rule) => rule?.name);
  return rules.flatMap((rule, index) => {
    if (!rule) return [];
    const path = `rules.${index}`;
    const isTaken = taken.indexOf(rule.name) < index;
    const twice = isTaken
      ? [problemAt(`${path}.name`, `${JSON.stringify(rule.name)} is taken: give every rule its own name`)]
      : [];
    if ('chain' in rule) return [...twice, ...chainProblems(rule, fields, `${path}.chain`)];
    return [...twice, ...expressionProblems(environment, rule.check, fields, `${path}.check`, unchecked)];
  });
}

function expressionProblems(
  environment: Environment,
  expression: string,
  fields: ObjectField,
  path: string,
  unchecked: Problems,
): Problems {
  const alone = environment.check(expression);
  // What is only just not too long is too long with its meter around it.
  const checked = alone.valid ? environment.check(meteredText(expression)) : alone;
  if (!checked.valid) {
    const wrong = checked.error?.message.split('\n')[0] ?? 'cannot be read';
    return [
      problemAt(
        path,
        wrong.startsWith('Unknown variable') ? `${wrong}, which is not a field: ${fixOf(names(fields))}` : wrong,
      ),
    ];
  }
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    return [problemAt(path, `gives ${checked.type}: it must be true or false`)];
  }
  const { ast } = environment.parse(expression);
  if (mentionsOf(ast, fields).fields.length === 0)
    return [problemAt(path, `names no field of this schema: ${fixOf(names(fields))}`)];
  unchecked.push(...matchProblems(ast, path));
  return nodesOf(ast).flatMap((node) => {
    if (node.op === 'in' && isListOfNumbers(node.args[1])) {
      return [problemAt(path, 'looks for a number in a list, which finds none: compare with == and ||')];
    }
    const column = sumOf(node);
    return column && !isNumber(fieldOf(fields, column))
      ? [
          problemAt(
            path,
            `sums ${pathText(column)}, which is not a number in the rows of a list${numbersOf(fieldOf(fields, column.slice(0, -1)))}`,
          ),
        ]
      : [];
  });
}

/** Patterns that stand in calls of `matches`. One that is put together is looked at when the rule is evaluated. */
function matchProblems(ast: ASTNode, path: string): Problems {
  return nodesOf(ast).flatMap((node) => {
    const [argument] = node.op === 'rcall' && node.args[0] === 'matches' ? node.args[2] : [];
    if (argument?.op !== 'value' || typeof argument.args !== 'string') return [];
    const { problem } = patternOf(argument.args);
    return problem ? [problemAt(path, `has a pattern that ${problem}`)] : [];
  });
}

/** CEL compares members with `in` by kind, and ours are decimals. */
function isListOfNumbers(node: ASTNode): boolean {
  if (node.op !== 'list') return false;
  return node.args.some((member) => member.op === 'value' && ['bigint', 'number'].includes(typeof member.args));
}

/** The field under names from the top; a name after a list is a column of its rows. */
export function fieldOf(root: Field, names: readonly string[]): Field | undefined {
  return names.reduce<Field | undefined>((at, name) => {
    const inside = at?.kind === 'list' ? at.item : at;
    return inside?.kind === 'object' ? inside.fields.find((field) => field.name === name) : undefined;
  }, root);
}

/** The names of the field that a chain means by a text; undefined when there is none. */
export function namesOf(fields: ObjectField, text: string): string[] | undefined {
  return pathReadings(text).find((reading) => fieldOf(fields, reading) !== undefined);
}

function chainProblems({ chain }: ChainRule, fields: ObjectField, path: string): Problems {
  const problems: Problems = [];
  if (!isNumber(fieldOf(fields, namesOf(fields, chain.open) ?? []))) {
    problems.push(
      problemAt(
        `${path}.open`,
        `names ${JSON.stringify(chain.open)}, which is not a number of this schema${numbersOf(fields)}`,
      ),
    );
  }
  const rows = fieldOf(fields, namesOf(fields, chain.rows) ?? []);
  if (rows?.kind !== 'list' || rows.item.kind !== 'object') {
    const lists = fields.fields.filter((field) => field.kind === 'list' && field.item.kind === 'object');
    const fix = lists.length > 0 ? `: ${fixOf(lists.map(({ name }) => name))}` : ': add one';
    problems.push(problemAt(`${path}.rows`, `names ${JSON.stringify(chain.rows)}, which is not a list of rows${fix}`));
    return problems;
  }
  if (chain.add.length + chain.subtract.length === 0) {
    problems.push(problemAt(path, 'neither adds nor subtracts a column: name one in add or subtract'));
  }
  const columns = rows.item.fields;
  for (const name of [...chain.add, ...chain.subtract, chain.balance]) {
    if (!isNumber(columns.find((column) => column.name === name))) {
      problems.push(
        problemAt(
          path,
          `names ${JSON.stringify(name)}, which is not a number in the rows of ${chain.rows}${numbersOf(rows)}`,
        ),
      );
    }
  }
  return problems;
}

const maxNamed = 8;

/** `use one of A, B, …` */
function fixOf(choices: readonly string[]): string {
  return `use ${choices.length > 1 ? 'one of ' : ''}${choices.slice(0, maxNamed).join(', ')}${choices.length > maxNamed ? ', …' : ''}`;
}

const names = ({ fields }: ObjectField) => fields.map(({ name }) => name);

/** The numbers of a group, or of a list's rows, to choose from; nothing where there are none. */
function numbersOf(field: Field | undefined): string {
  const inside = field?.kind === 'list' ? field.item : field;
  const numbers = inside?.kind === 'object' ? inside.fields.filter(isNumber).map(({ name }) => name) : [];
  return numbers.length > 0 ? `: ${fixOf(numbers)}` : '';
}

function isNumber(field: Field | undefined): boolean {
  return field?.kind === 'scalar' && (field.type === 'number' || field.type === 'integer');
}
