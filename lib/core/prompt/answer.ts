import { toStorable } from '#lib/core/storable.ts';
import { fitsJsonNumber, isPlainNumber } from '#lib/core/normalise/digits.ts';
import type { Field, ListField, ObjectField } from '../fields/field.ts';
import type { ReadValue } from '../values/value.ts';
import type { Path, Scalar } from '#lib/core/fields/path.ts';
import { pathText } from '../fields/path.ts';

/** Changes whenever the same answer would be read differently. */
export const answerVersion = 2;

/** A model's answer, checked against the fields: what is not there is absent, not null. */
export type Answer = ValueAnswer | ListAnswer | ObjectAnswer;
export interface ValueAnswer {
  kind: 'leaf';
  value: Scalar;
  quote: string | null;
}
export interface ListAnswer {
  kind: 'list';
  items: Answer[];
}
export interface ObjectAnswer {
  kind: 'object';
  fields: Map<string, Answer>;
}

/** The answer does not fit the fields; `message` says where and how, for the model to fix it. */
export class AnswerError extends Error {
  override name = 'AnswerError';
}

/**
 * Reads the text of an answer: JSON, alone, in a fenced block or between other words.
 * A bare value counts as a leaf without a quote, and a missing field for an absent one; anything else that does not
 * fit is an error.
 * @throws AnswerError
 */
export function parseAnswer(fields: ObjectField, text: string): ObjectAnswer {
  const given = findJson(text);
  const names = Object.keys(given);
  const knows = fields.fields.some(({ name }) => Object.hasOwn(given, name));
  if (names.length > 0 && !knows) throw new AnswerError('the answer has none of the fields');
  const answer = readObject(fields, given, []);
  return answer ?? { kind: 'object', fields: new Map() };
}

/** The answer as leaves; rows that say nothing are left out, and the others counted from 0. */
export function answerLeaves(answer: ObjectAnswer): ReadValue[] {
  return leavesAt(answer, []);
}

/** One answer from those of two parts of a page, in order: lists go on, of a single value the first counts. */
export function joinAnswers(first: ObjectAnswer, second: ObjectAnswer): ObjectAnswer {
  const fields = new Map(first.fields);
  for (const [name, later] of second.fields) {
    const earlier = fields.get(name);
    fields.set(name, earlier ? joined(earlier, later) : later);
  }
  return { kind: 'object', fields };
}

function joined(earlier: Answer, later: Answer): Answer {
  if (earlier.kind === 'list' && later.kind === 'list')
    return { kind: 'list', items: [...earlier.items, ...later.items] };
  if (earlier.kind === 'object' && later.kind === 'object') return joinAnswers(earlier, later);
  return earlier;
}

function leavesAt(answer: Answer, path: Path): ReadValue[] {
  if (answer.kind === 'leaf') return [{ path, value: answer.value, quote: answer.quote }];
  if (answer.kind === 'list') return answer.items.flatMap((item, index) => leavesAt(item, [...path, index]));
  return [...answer.fields].flatMap(([name, field]) => leavesAt(field, [...path, name]));
}

function readField(field: Field, given: unknown, path: Path): Answer | null {
  if (given === null || given === undefined) return null;
  if (field.kind === 'object') return readObject(field, given, path);
  return field.kind === 'list' ? readList(field, given, path) : readValue(given, path);
}

/** null when it says nothing. */
function readObject({ fields }: ObjectField, given: unknown, path: Path): ObjectAnswer | null {
  if (!isObject(given)) throw new AnswerError(`${placeText(path)} must be an object, not ${kindOf(given)}`);
  const answers = new Map<string, Answer>();
  for (const field of fields) {
    const own = Object.hasOwn(given, field.name) ? given[field.name] : null;
    const answer = readField(field, own, [...path, field.name]);
    if (answer) answers.set(field.name, answer);
  }
  return answers.size > 0 ? { kind: 'object', fields: answers } : null;
}

function readList({ item }: ListField, given: unknown, path: Path): ListAnswer | null {
  if (!Array.isArray(given)) throw new AnswerError(`${placeText(path)} must be a list, not ${kindOf(given)}`);
  const items = given.flatMap((one: unknown, index) => readField(item, one, [...path, index]) ?? []);
  return items.length > 0 ? { kind: 'list', items } : null;
}

function readValue(given: unknown, path: Path): ValueAnswer | null {
  if (isScalar(given)) return valueOf(given, null);
  if (!isObject(given))
    throw new AnswerError(`${placeText(path)} must be {"value", "quote"} or null, not ${kindOf(given)}`);
  if (!Object.hasOwn(given, 'value')) throw new AnswerError(`${placeText(path)} has no "value"`);
  const { value, quote } = given;
  if (value === null || value === undefined) return null;
  if (!isScalar(value)) throw new AnswerError(`${placeText(path)}.value must be a single value, not ${kindOf(value)}`);
  return valueOf(value, typeof quote === 'string' && quote.trim() !== '' ? quote : null);
}

function valueOf(value: Scalar, quote: string | null): ValueAnswer | null {
  if (typeof value !== 'string') return { kind: 'leaf', value, quote: quote && toStorable(quote) };
  const text = toStorable(value);
  return text.trim() === '' ? null : { kind: 'leaf', value: text, quote: quote && toStorable(quote) };
}

/**
 * The first of these that is a JSON object: the whole text, what a fence holds, what stands from the first brace to the
 * last; what a model thinks aloud before is passed over. The parser's own error is not passed on: it quotes the answer,
 * and document text must not reach a log.
 */
function findJson(text: string): Record<string, unknown> {
  const said = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '');
  const braced = said.slice(Math.max(said.indexOf('{'), 0), said.lastIndexOf('}') + 1);
  for (const candidate of [said, ...fencedBlocks(said), braced]) {
    const found = parseJson(candidate);
    if (isObject(found)) return found;
  }
  throw new AnswerError('the answer is not a JSON object');
}

/** What stands between lines of three backticks; the opening ones may end a line of words, and may say `json`. */
function fencedBlocks(text: string): string[] {
  const blocks: string[] = [];
  let open: string[] | null = null;
  for (const line of text.split('\n')) {
    if (open && line.trimStart().startsWith('```')) {
      blocks.push(open.join('\n'));
      open = null;
    } else if (open) open.push(line);
    else if (/```(?:json)?$/.test(line.trimEnd())) open = [];
  }
  return blocks;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A number of which `JSON.parse` has lost digits, such as a card's, is the text of its digits. */
function keepDigits(_key: string, value: unknown, { source }: { source?: string } = {}): unknown {
  const isLossy = typeof value === 'number' && source !== undefined && isPlainNumber(source) && !fitsJsonNumber(source);
  return isLossy ? source : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : typeof value;
}

function placeText(path: Path): string {
  return path.length === 0 ? 'the answer' : pathText(path);
}
