import type { Rule } from '#lib/core/rules/rule.ts';
import { patternOf } from '#lib/core/patterns/pattern.ts';
import { patternProblem } from '#lib/core/patterns/problem.ts';
import { toStorableJson, unstorablePart } from '#lib/core/storable.ts';
import { ruleProblems } from '#lib/core/rules/parse.ts';
import { type EngineName, engines, priorities, type Priority, type SessionMode } from '../fields/choices.ts';
import { envelopeSchema, type KnowledgeFile, type PageInput, type Split, splitSchema } from './envelope.ts';
import type { Field, ObjectField } from '../fields/field.ts';
import { readFields } from '../fields/json-schema.ts';
import { DefinitionError, problemAt, type Problems, problemsOf } from '../fields/problems.ts';
import { isJson } from '../fields/resolve.ts';
import { termProblems } from '../fields/term-problems.ts';
import { readRules } from '../rules/read.ts';

export { type EngineName, engines, priorities, type Priority };
export type { KnowledgeFile, PageInput, Split };

/** A schema definition, parsed and checked (docs/spec.md §6). */
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
  input: PageInput;
  /** Whether the text of a mail is a document also where it carries some. */
  isMailBodyRead: boolean;
  /** What becomes of files that are given together, where nothing else is said. */
  sessions: SessionMode;
  /** Whether a model is shown verified pages of a page's layout. */
  hasExamples: boolean;
  /** Reference documents that help to read, in this order. */
  knowledge: KnowledgeFile[];
  /** Keys that no one here knows, kept as they were given. */
  others: Record<string, unknown>;
  /** `fields` as it was given, with all keywords kept. */
  jsonSchema: Record<string, unknown>;
  /** Patterns that are not evaluated, with the reason: only of versions that were saved when they still were. */
  unchecked: Problems;
}

/**
 * Parses and checks a definition: a whole one, a bare JSON Schema (its title is the name), or a wrapper that holds one
 * under `schema_definition`. `slug` is that of the path, and counts before one in the definition.
 * @throws DefinitionError with every mistake, its path and a fix
 */
export function parseDefinition(input: unknown, context: { slug?: string } = {}): Definition {
  const part = unstorablePart(input);
  if (part) throw new DefinitionError([problemAt(part.path.join('.') || 'definition', part.message)]);
  const problems: Problems = [];
  const definition = read(input, context.slug, problems, problems);
  if (definition && patternSize(definition.fields) > maxPatternSizes) {
    problems.push(problemAt('fields', 'have patterns that are too large together: use smaller counts in them'));
  }
  // Saved versions may have any: nothing knew the keyword once.
  if (definition) problems.push(...termProblems(definition.fields, 'fields'));
  if (!definition || problems.length > 0) throw new DefinitionError(problems);
  return definition;
}

/**
 * Parses a definition that was saved. Versions never change, so one may have patterns that can be saved no longer: they
 * are listed as `unchecked`. Texts that no result could be stored with are cleaned.
 * @throws DefinitionError
 */
export function parseSavedDefinition(saved: unknown, context: { slug?: string } = {}): Definition {
  const problems: Problems = [];
  const unchecked: Problems = [];
  const definition = read(toStorableJson(saved), context.slug, problems, unchecked);
  if (!definition || problems.length > 0) throw new DefinitionError(problems);
  return { ...definition, unchecked };
}

function read(input: unknown, slug: string | undefined, problems: Problems, unchecked: Problems): Definition | null {
  const given = envelopeOf(input, slug);
  const envelope = envelopeSchema.safeParse(given);
  if (envelope.error) problems.push(...problemsOf(envelope.error));
  const jsonSchema = isJson(given.fields) ? given.fields : {};
  const fields = readFields(jsonSchema, problems, unchecked);
  if (fields.fields.length === 0 && problems.length === 0) {
    problems.push(problemAt('fields.properties', 'is empty: name at least one field'));
  }
  const split = splitSchema.safeParse(given.split);
  problems.push(...(split.error ? problemsOf(split.error, 'split') : splitProblems(split.data ?? null, fields)));
  unchecked.push(...splitPatternProblems(split.data ?? null));
  const rules = readRules(given.rules, problems);
  problems.push(...ruleProblems(fields, rules, unchecked));
  if (!envelope.success) return null;
  const { mail_body: mailBody, examples: hasExamples, ...around } = envelope.data;
  return {
    ...around,
    hasExamples,
    isMailBodyRead: mailBody === 'always',
    fields,
    split: split.data ?? null,
    rules: rules.filter((rule) => rule !== null),
    others: Object.fromEntries(Object.entries(given).filter(([key]) => !knownKeys.has(key))),
    jsonSchema,
    unchecked: [],
  };
}

const knownKeys = new Set([...Object.keys(envelopeSchema.shape), 'split', 'rules', '__proto__']);

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

/** So many fields are named to choose from. */
const maxNamed = 8;

function splitProblems(split: Split | null, fields: ObjectField): Problems {
  if (!split) return [];
  const problems: Problems = [];
  const by = fields.fields.find((field) => field.name === split.by);
  const singles = fields.fields.filter(({ kind }) => kind === 'scalar').map((field) => field.name);
  const fix = `use one of ${singles.slice(0, maxNamed).join(', ')}${singles.length > maxNamed ? ', …' : ''}`;
  if (split.by !== null && !by)
    problems.push(problemAt('split.by', `names ${JSON.stringify(split.by)}, which is not a field: ${fix}`));
  if (by && by.kind !== 'scalar')
    problems.push(problemAt('split.by', `must name a single value, ${split.by} is a ${by.kind}: ${fix}`));
  return problems;
}

function splitPatternProblems(split: Split | null): Problems {
  const problem = split?.pattern ? patternProblem(split.pattern) : null;
  return problem ? [problemAt('split.pattern', problem)] : [];
}

/** Compiled in every process that works with the schema. */
const maxPatternSizes = 50_000;

function patternSize(field: Field): number {
  return [...new Set(patternsIn(field))].reduce((total, pattern) => total + patternOf(pattern).size, 0);
}

function patternsIn(field: Field): string[] {
  if (field.kind === 'object') return field.fields.flatMap(patternsIn);
  return field.kind === 'list' ? patternsIn(field.item) : field.pattern ? [field.pattern] : [];
}
