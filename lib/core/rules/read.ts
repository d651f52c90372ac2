import { z } from 'zod';
import type { Rule } from './rule.ts';
import { isJson } from '../fields/resolve.ts';
import { problemAt, type Problems, problemsOf } from '../fields/problems.ts';

const maxRules = 200;

/** Text of a definition, with a limit. */
export const text = (most: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text') })
    .max(most, `must have at most ${most} characters`);
export const name = text(200).regex(/\S/, 'must not be empty');

const severity = z.enum(['error', 'warning'], { error: 'must be error or warning' }).default('error');
const columns = z.array(name, { error: 'must be a list of columns' }).default([]);

const expressionRule = z.object({
  name,
  check: text(2000).regex(/\S/, 'must not be empty'),
  message: text(500).default(''),
  severity,
});

const chainRule = z.object({
  name,
  severity,
  chain: z.object(
    { rows: name, open: name, add: columns, subtract: columns, balance: name },
    { error: 'must be an object with rows, open, add, subtract and balance' },
  ),
});

/** The rules of a definition, each by its place; null where one is no rule. What is wrong goes to `problems`. */
export function readRules(given: unknown, problems: Problems): (Rule | null)[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given) || given.length > maxRules) {
    problems.push(problemAt('rules', `must be a list of at most ${maxRules} rules`));
    return [];
  }
  return given.map((rule: unknown, index) => {
    if (!isJson(rule) || !('chain' in rule || 'check' in rule)) {
      const fix = 'must have a name and either check (an expression) or chain (rows, open, add, subtract, balance)';
      problems.push(problemAt(`rules.${index}`, fix));
      return null;
    }
    const parsed = 'chain' in rule ? chainRule.safeParse(rule) : expressionRule.safeParse(rule);
    if (parsed.error) problems.push(...problemsOf(parsed.error, `rules.${index}`));
    return parsed.data ?? null;
  });
}
