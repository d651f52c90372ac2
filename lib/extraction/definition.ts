import { z } from 'zod';
import { ruleProblems } from '#lib/validation/parse.ts';
import { type EngineName, engines, priorities, type Priority } from './choices.ts';
import type { Field, ObjectField } from './field.ts';
import { readFields } from './json-schema.ts';
import { patternProblem } from './pattern.ts';
import { DefinitionError, problemAt, type Problems, problemsOf } from './problems.ts';
import { isJson } from './resolve.ts';
import { name, readRules, text } from './rules.ts';

export { type EngineName, engines, priorities, type Priority };

export interface ExpressionRule {
  name: string;
  /** A CEL expression over the record. */
  check: string;
  message: string;
  severity: 'error' | 'warning';
}

/** Walks a running balance: open + add − subtract = balance, row by row. */
export interface ChainRule {
  name: string;
  chain: { rows: string; open: string; add: string[]; subtract: string[]; balance: string };
  severity: 'error' | 'warning';
}

export type Rule = ExpressionRule | ChainRule;

export interface Split {
  /** The field whose value tells one account from another. */
  by: string;
  pattern: string | null;
}

/** A schema definition, parsed and checked (SPEC.md §6). */
export interface Definition {
  slug: string;
  name: string;
  /** BCP 47; decides day or month first and the decimal mark. */
  locale: string;
  priority: Priority;
  instructions: string;
  fields: ObjectField;
  split: Split | null;
  rules: Rule[];
  /** null: the default engine of the installation. */
  engine: EngineName | null;
  model: string | null;
  /** `fields` as it was given, with all keywords kept. */
  jsonSchema: Record<string, unknown>;
}

const splitSchema = z
  .object({ by: name, pattern: text(500).nullish() }, { error: 'must be an object with by, the name of a field' })
  .nullish()
  .transform((split) => (split ? { by: split.by, pattern: split.pattern ?? null } : null));

const envelopeSchema = z.object({
  slug: z
    .string({ error: 'is missing: give it in the path or in the definition' })
    .regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'must be small letters, digits and hyphens, at most 80'),
  name,
  locale: text(40).refine(isLocale, 'must be a language tag such as en-US or de-DE').default('en-US'),
  priority: z.enum(priorities, { error: 'must be high, normal or low' }).default('normal'),
  instructions: text(20_000).default(''),
  engine: z
    .enum(engines, { error: 'must be builtin or model, or null' })
    .nullish()
    .transform((engine) => engine ?? null),
  model: text(200)
    .nullish()
    .transform((model) => model || null),
  fields: z.record(z.string(), z.unknown(), { error: 'must be a JSON Schema of type object' }),
});

/**
 * Parses and checks a definition: a whole one, a bare JSON Schema (its title is the name), or a wrapper that holds one
 * under `schema_definition`. `slug` is that of the path, and counts before one in the definition.
 * @throws DefinitionError with every mistake, its path and a mend
 */
export function parseDefinition(input: unknown, context: { slug?: string } = {}): Definition {
  const given = envelopeOf(input, context.slug);
  const problems: Problems = [];
  const envelope = envelopeSchema.safeParse(given);
  if (envelope.error) problems.push(...problemsOf(envelope.error));
  const jsonSchema = isJson(given.fields) ? given.fields : {};
  const fields = readFields(jsonSchema, problems);
  if (fields.fields.length === 0 && problems.length === 0) {
    problems.push(problemAt('fields.properties', 'is empty: name at least one field'));
  }
  const split = splitSchema.safeParse(given.split);
  problems.push(...(split.error ? problemsOf(split.error, 'split') : splitProblems(split.data, fields)));
  const rules = readRules(given.rules, problems);
  problems.push(...ruleProblems(fields, rules));
  if (!envelope.success || problems.length > 0) throw new DefinitionError(problems);
  return {
    ...envelope.data,
    fields,
    split: split.data ?? null,
    rules: rules.filter((rule) => rule !== null),
    jsonSchema,
  };
}

/** The definition's own shape of whatever was given. */
function envelopeOf(input: unknown, slug: string | undefined): Record<string, unknown> {
  if (!isJson(input)) throw new DefinitionError([problemAt('definition', 'must be a JSON object')]);
  const { schema_definition: wrapped, ...around } = input;
  if (isJson(wrapped)) {
    const inner = envelopeOf(wrapped, slug);
    const instructions = input.instructions ?? inner.instructions ?? input.description;
    return {
      ...around,
      ...inner,
      name: input.name ?? inner.name,
      slug: slug ?? input.slug ?? inner.slug,
      instructions,
    };
  }
  if (isJson(input.fields)) return { ...input, name: input.name ?? slug, slug: slug ?? input.slug };
  const isBareSchema = ['properties', '$ref', '$defs', '$schema', 'allOf'].some((keyword) => keyword in input);
  if (isBareSchema || input.type === 'object') return { slug, name: input.title ?? slug, fields: input };
  return { ...input, slug: slug ?? input.slug };
}

function splitProblems(split: Split | null, fields: ObjectField): Problems {
  if (!split) return [];
  const problems: Problems = [];
  const by = fields.fields.find((field) => field.name === split.by);
  if (!by) problems.push(problemAt('split.by', `names ${JSON.stringify(split.by)}, which is not a field`));
  if (by && by.kind !== 'scalar')
    problems.push(problemAt('split.by', `must name a single value, ${split.by} is a ${by.kind}`));
  const wrong = split.pattern === null ? null : patternProblem(split.pattern);
  if (wrong) problems.push(problemAt('split.pattern', wrong));
  return problems;
}

/** The field at a path of names, list indices left out; null when there is none. */
export function fieldAt(root: Field, path: readonly (string | number)[]): Field | null {
  let field: Field | null = root;
  for (const step of path) {
    if (typeof step === 'number') field = field?.kind === 'list' ? field.item : null;
    else field = field?.kind === 'object' ? (field.fields.find((one) => one.name === step) ?? null) : null;
    if (!field) return null;
  }
  return field;
}

function isLocale(tag: string): boolean {
  try {
    return new Intl.Locale(tag).language.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
