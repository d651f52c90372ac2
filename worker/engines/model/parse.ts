import type { Definition } from '#lib/core/schema/definition.ts';
import { AnswerError, type ObjectAnswer } from '#lib/core/prompt/answer.ts';
import type { Compute } from '../../compute/compute.ts';
import { pageLimitMs } from '../../compute/limits.ts';

/** Reads the text of an answer; an `AnswerError` says why it cannot be used. @throws DocumentError when it takes too long */
export type ParseAnswer = (
  definition: Definition,
  text: string,
  signal: AbortSignal,
) => Promise<ObjectAnswer | AnswerError>;

/** Reads answers on the compute threads, where `key` takes turns with others: what a model writes may be anything. */
export function answerParser(compute: Pick<Compute, 'run'>, key: string): ParseAnswer {
  return async (definition, text, signal) => {
    const parsed = await compute.run('parseAnswer', { definition, text }, { key, limitMs: pageLimitMs, signal });
    return 'problem' in parsed ? new AnswerError(parsed.problem) : parsed.answer;
  };
}
