import type { Definition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import type { Target, PageEvidence, SplitResult } from '#lib/core/splitting/types.ts';
import { recordTarget, severalRecords } from '#lib/core/splitting/notice.ts';
import { canonicalOf } from '#lib/core/splitting/identifier.ts';
import { readTerms } from '#lib/core/values/electronic-invoice.ts';
import { withEmbedded } from '#lib/core/splitting/embedded.ts';
import { splitByCount } from '#lib/core/splitting/pages.ts';
import { splitPages, wholeDocument } from '#lib/core/splitting/split.ts';
import { splitTarget } from '#lib/core/splitting/target.ts';
import { pack, type Packed, unpack } from './packed.ts';

const targets = new WeakMap<Definition, Target>();

/** Whether the pages of a document are looked at to split it, or to say that it could be split. */
export function needsEvidence(definition: Definition): boolean {
  return targetOf(definition) !== null;
}

/** What one page says about the account that it belongs to. */
export function findEvidence({ definition, page }: { definition: Definition; page: Page }): Packed<PageEvidence> {
  const target = targets.get(definition) ?? targetOf(definition);
  if (!target) throw new Error('this schema does not say what to split by');
  targets.set(definition, target);
  const evidence = pageEvidence(page, target);
  return pack(
    page.isEmbedded ? { ...evidence, embedded: { numbers: numbersIn(definition, page, evidence) } } : evidence,
  );
}

/** The numbers that an embedded file names: at a label, and by the business term of the field that splits. */
function numbersIn({ fields, split }: Definition, page: Page, { hits }: PageEvidence): string[] {
  const named = readTerms(fields, page).filter(({ path }) => path.length === 1 && path[0] === split?.by);
  return [...hits.map(({ canonical }) => canonical), ...named.map(({ value }) => canonicalOf(String(value)))];
}

interface Evidence {
  definition: Definition;
  /** Of each page in order; null of one that could not be looked at, which then says nothing. */
  evidence: readonly (Packed<PageEvidence> | null)[];
}

/** How the evidence of all pages splits a document: what is embedded in it begins no record. */
export function decideSplit({ definition, evidence }: Evidence): SplitResult {
  const pages = evidence.map((packed, pageNum) => (packed ? unpack(packed) : nothingKnown(pageNum)));
  const [embedded, own] = [pages.filter((page) => page.embedded), pages.filter((page) => !page.embedded)];
  return withEmbedded(splitOwn(definition, own), embedded);
}

function splitOwn(definition: Definition, pages: readonly PageEvidence[]): SplitResult {
  const size = definition.split?.pages ?? null;
  if (size !== null) return splitByCount(pages, size);
  if (splitTarget(definition)) return splitPages(pages);
  const notice = recordTarget(definition) ? severalRecords(pages, definition.name) : null;
  return {
    ...wholeDocument(
      pages.map(({ pageNum }) => pageNum),
      null,
    ),
    notice,
  };
}

function targetOf(definition: Definition): Target | null {
  const isBySize = (definition.split?.pages ?? null) !== null;
  return splitTarget(definition) ?? (isBySize ? null : recordTarget(definition));
}

function nothingKnown(pageNum: number): PageEvidence {
  return { pageNum, isBlank: true, isOcr: false, lines: [], hits: [], numbering: null, isAttachment: false };
}
