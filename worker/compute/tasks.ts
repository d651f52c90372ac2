import { type Definition, parseSavedDefinition } from '#lib/extraction/definition.ts';
import type { Page } from '#lib/extraction/page.ts';
import { AnswerError, type ObjectAnswer, parseAnswer } from '#lib/extraction/prompt/answer.ts';
import type { Region } from '#lib/extraction/split/types.ts';
import { toPassages } from '#lib/knowledge/passages.ts';
import { readPage } from '../engines/builtin/engine.ts';
import { carryPacked } from '../stages/carry.ts';
import { decideSplit, findEvidence } from '../stages/evidence.ts';
import { judgePage } from '../stages/judge.ts';
import { mergeAccount } from '../stages/merge-account.ts';
import { cutPage } from '../stages/region.ts';

interface AnswerInput {
  definition: Definition;
  text: string;
}

/** What compute threads run: pure functions on copies of their input, which return copies of their output. */
export const tasks = {
  parseSavedDefinition: ({ given }: { given: Record<string, unknown> }): Definition => parseSavedDefinition(given),
  findEvidence,
  decideSplit,
  cutPage: ({ page, region }: { page: Page; region: Region }): Page => cutPage(page, region),
  readPage,
  parseAnswer({ definition, text }: AnswerInput): { answer: ObjectAnswer } | { problem: string } {
    try {
      return { answer: parseAnswer(definition.fields, text) };
    } catch (error) {
      if (error instanceof AnswerError) return { problem: error.message };
      throw error;
    }
  },
  judgePage,
  mergeAccount,
  carryPacked,
  toPassages: ({ text }: { text: string }): string[] => toPassages(text),
};
