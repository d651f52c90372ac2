import { type Definition, parseSavedDefinition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { AnswerError, type ObjectAnswer, parseAnswer } from '#lib/core/prompt/answer.ts';
import type { Region } from '#lib/core/splitting/types.ts';
import { toPassages } from '#lib/schemas/knowledge/passages.ts';
import { readPage } from '../engines/builtin/engine.ts';
import { carryPacked } from '../steps/carry-packed.ts';
import { decideSplit, findEvidence } from '../steps/evidence.ts';
import { judgePage } from '../steps/assess.ts';
import { compareInvoice, findClaims } from '../steps/compare-invoice.ts';
import { alikeLessons, learnRecord, printPage, recallPage } from '../steps/layouts.ts';
import { mergeAccount } from '../steps/merge-account.ts';
import { cutPage } from '../steps/crop-page.ts';

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
  findClaims,
  compareInvoice,
  mergeAccount,
  carryPacked,
  learnRecord,
  printPage,
  alikeLessons,
  recallPage,
  toPassages: ({ text }: { text: string }): string[] => toPassages(text),
};
