import { createHash } from 'node:crypto';
import type { Definition, Priority } from '#lib/core/schema/definition.ts';
import { type JsonSchema, outputSchema } from '#lib/core/fields/output-schema.ts';
import { answerLeaves, answerVersion, joinAnswers, type ObjectAnswer } from '#lib/core/prompt/answer.ts';
import { assembleSystem, assembleUser, type Knowledge } from '#lib/core/prompt/assemble.ts';
import { DocumentError } from '#lib/core/failures.ts';
import { newId } from '#lib/id.ts';
import type { Engine, PageCost, PageTask } from '../engine.ts';
import { askForAnswer, type PageCalls, type Reserve, type ServerMemory } from './ask.ts';
import { type ModelEnv, type ModelRequest, openModelClient } from './client.ts';
import type { Lane } from '#worker/lane/lane.ts';
import type { ParseAnswer } from './parse.ts';
import type { Prices } from './prices.ts';
import type { UsageRow } from './usage.ts';

export interface ModelEngineOptions {
  env: ModelEnv;
  /** The worker's. */
  lane: Lane;
  /** The worker's. */
  servers: ServerMemory;
  parse: ParseAnswer;
  /** The document's place in the lane. When absent, the schema's priority and a key of its own. */
  place?: { priority: Priority; key: string };
  /** Told of every call, when it has ended. Must not throw. */
  record: (call: UsageRow) => void;
  prices?: Prices;
  reserve?: Reserve;
  fetch?: typeof globalThis.fetch;
}

/** The page is read in halves at most so often, when answers are cut short: in eight parts. */
const maxHalvings = 3;

/** The lines of a page, or of a part of it. */
interface Part {
  lines: readonly string[];
  /** What stands before, for context. */
  before: string | null;
  halvings: number;
}

/** Reads pages by a model over an OpenAI-compatible API. */
export function modelEngine(options: ModelEngineOptions): Engine {
  const { env, lane, servers, parse, record, prices = {}, reserve = null } = options;
  const client = openModelClient(env, options.fetch);
  const fixed = fixedParts();
  const ownKey = newId();

  const requestOf = (task: PageTask, { lines, before, halvings }: Part): ModelRequest => {
    const { definition, page, accountNumber, references, picture } = task;
    const coversWholePage = picture?.coversWholePage === true && halvings === 0;
    const { title } = page;
    const user = assembleUser({
      layout: lines.join('\n'),
      title,
      accountNumber,
      before,
      passages: references?.passages ?? [],
      examples: task.examples ?? [],
      picture: picture
        ? coversWholePage && definition.input === 'image'
          ? 'alone'
          : coversWholePage
            ? 'beside'
            : 'around'
        : null,
    });
    return {
      ...fixed(definition, references?.whole ?? none),
      messages: [{ role: 'user', content: user }],
      picture: picture?.png ?? null,
    };
  };

  const readPart = async (task: PageTask, part: Part, calls: PageCalls): Promise<ObjectAnswer> => {
    const answer = await askForAnswer(calls, requestOf(task, part));
    if (answer) return answer;
    const [first, second] = halves(part);
    const earlier = await readPart(task, first, calls);
    return joinAnswers(earlier, await readPart(task, second, calls));
  };

  return {
    name: 'model',
    needs: { knowledge: true, pageImages: true, examples: true, secondOpinion: true },
    fingerprint(task) {
      const { system, schema, messages, picture } = requestOf(task, wholePage(task));
      const sent = [answerVersion, env.api, env.model, { temperature: 0 }, system, schema, messages];
      return JSON.stringify(picture ? [...sent, createHash('sha256').update(picture).digest('hex')] : sent);
    },
    async read(task, signal) {
      const { definition, page } = task;
      const cost: PageCost = {
        model: env.model,
        tokensIn: 0,
        tokensCached: 0,
        tokensOut: 0,
        costUsd: 0,
      };
      const place = options.place ?? { priority: definition.priority, key: ownKey };
      const calls: PageCalls = {
        client,
        servers,
        model: env.model,
        lane,
        laneRequest: { ...place, signal },
        definition,
        parse,
        prices,
        pageNum: page.pageNum,
        record,
        reserve,
        cost,
      };
      // A page without a word says nothing: no one need be asked.
      const answer = page.layout.trim() === '' ? null : await readPart(task, wholePage(task), calls);
      return { reading: { leaves: answer ? answerLeaves(answer) : [], rowsSeen: [] }, cost };
    },
  };
}

function wholePage({ page, previousTail }: PageTask): Part {
  return { lines: page.layout.split('\n'), before: previousTail, halvings: 0 };
}

/** The second half gets the first as context: the heads of its columns stand there. */
function halves({ lines, before, halvings }: Part): [Part, Part] {
  if (lines.length < 2 || halvings === maxHalvings) {
    throw new DocumentError(
      'model_bad_output',
      'The answer for this page is longer than the model may give. Choose another model, then retry.',
    );
  }
  const middle = Math.ceil(lines.length / 2);
  const [first, second] = [lines.slice(0, middle), lines.slice(middle)];
  const beforeSecond = [...(before ? [before] : []), ...first].join('\n');
  return [
    { lines: first, before, halvings: halvings + 1 },
    { lines: second, before: beforeSecond, halvings: halvings + 1 },
  ];
}

const none: readonly Knowledge[] = [];

interface FixedParts {
  system: string;
  schema: JsonSchema;
}

/** What is the same for every page under a definition and its reference texts, made once while these stay the same. */
function fixedParts(): (definition: Definition, whole: readonly Knowledge[]) => FixedParts {
  let made: (FixedParts & { definition: Definition; whole: readonly Knowledge[] }) | null = null;
  return (definition, whole) => {
    if (made?.definition !== definition || made.whole !== whole) {
      const system = assembleSystem(definition, whole);
      made = { definition, whole, system, schema: outputSchema(definition.fields) };
    }
    const { system, schema } = made;
    return { system, schema };
  };
}
