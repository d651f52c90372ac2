import { readPageKey } from '#lib/artifact-keys.ts';
import { type Page, pageSchema } from '#lib/core/pages/page.ts';
import { exampleAnswer, type PromptExample } from '#lib/core/prompt/example.ts';
import type { Value } from '#lib/core/values/value.ts';
import { examplePages } from '#lib/layouts/examples.ts';
import type { DocumentWork } from '../document/document-work.ts';

/** A model is shown so many verified pages. */
const maxExamples = 2;
/** A longer page costs more than it shows. */
const maxLetters = 8000;

/** Verified pages of a page's layout with their right answers, the most alike first; `lessonIds`: where they come from. */
export async function findExamples(
  { claim, services }: Pick<DocumentWork, 'claim' | 'services'>,
  lessonIds: readonly string[],
): Promise<PromptExample[]> {
  const pages = await examplePages(services.db, lessonIds, { sha256: claim.sha256, limit: maxExamples });
  const examples = await Promise.all(
    pages.map(async ({ sha256, readerKey, pageNum, values }): Promise<PromptExample | null> => {
      const page = await services.cache.find(readPageKey(sha256, readerKey, pageNum), pageSchema);
      if (!page || page.layout.length > maxLetters) return null;
      return {
        layout: page.layout,
        answer: exampleAnswer(
          values.map((value) => placedOn(page, value)),
          pageNum,
        ),
      };
    }),
  );
  return examples.filter((example) => example !== null);
}

/** What a person typed has no place; where the page says it, it is that page's. */
function placedOn({ pageNum, text }: Page, value: Value): Value {
  const { raw, evidence } = value;
  if (evidence !== null || raw === null || raw === '' || !text.includes(raw)) return value;
  return { ...value, evidence: { pageNum, quote: raw, boxes: [] } };
}
