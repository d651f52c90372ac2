import type { Read } from '#eval/judge.ts';
import { pathText } from '#lib/core/fields/path.ts';
import type { Definition } from '#lib/core/schema/definition.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { toRecord } from '#lib/core/values/merge.ts';
import { isRequired } from '#lib/core/values/recheck.ts';
import type { Value } from '#lib/core/values/value.ts';
import type { Recalled } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Scorer } from '#worker/engines/builtin/certainty/model.ts';
import { readPage } from '#worker/engines/builtin/engine.ts';
import { judgePage } from '#worker/steps/assess.ts';
import { mergeAccount } from '#worker/steps/merge-account.ts';
import { unpackList } from '#worker/steps/packed.ts';

/** What the built-in engine makes of a document, as the API would give it, without an app. */
export function extract(definition: Definition, pages: readonly Page[], scorer?: Scorer | null): Read {
  return asRead(
    definition,
    extractValues(definition, pages, () => null, scorer),
  );
}

/** The same as values; `recallOf`: what verified documents say of a page. */
export function extractValues(
  definition: Definition,
  pages: readonly Page[],
  recallOf: (page: Page) => Recalled | null,
  scorer?: Scorer | null,
): Value[] {
  const judged = pages.map((page) => {
    const task = { definition, page, accountNumber: null, recalled: recallOf(page) };
    return judgePage({ ...task, reading: readPage(task, scorer), hasSecondOpinion: false });
  });
  const rows = mergeAccount({
    definition,
    accountNumber: null,
    pages: judged.map(({ leaves }) => leaves),
    shortfalls: judged.flatMap(({ shortfalls }) => shortfalls),
    history: new Map(),
  });
  return unpackList(rows).flatMap((row) => row.leaves);
}

/** Values as they are judged. */
export function asRead(definition: Definition, leaves: readonly Value[]): Read {
  const fields = leaves.map((leaf) => ({
    path: pathText(leaf.path),
    trust: leaf.trust,
    attention: attentionReason(leaf, isRequired(definition, leaf.path)) !== null,
  }));
  return { data: toRecord(leaves), fields };
}
