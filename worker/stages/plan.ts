import type { Definition } from '#lib/core/schema/definition.ts';
import type { History } from '#lib/core/values/past-edits.ts';
import { pastEdits } from '#lib/results/past-edits.ts';
import type { References } from '#lib/schemas/knowledge/references.ts';
import type { DocumentWork } from '../document/document-work.ts';
import { type Memory, openMemory } from '../learning/recall-pages.ts';
import type { Engine } from '../engines/engine.ts';
import { openKnowledge } from '../document/knowledge.ts';
import { openPageImages, type PageImages } from '../document/page-images.ts';

/** How a document's values are read: decided when its pages are known. */
export interface Plan {
  definition: Definition;
  engine: Engine;
  /** The schema's reference documents; null for an engine that reads none. */
  references: References | null;
  /** What pages look like; null where the schema does not ask for it. */
  pageImages: PageImages | null;
  /** What verified documents say about its pages; null where nothing was learned yet. */
  memory: Memory | null;
  /** What people did to the values of this schema before. */
  history: History;
}

/** A document in progress whose plan is made. */
export interface PlannedWork extends DocumentWork {
  plan: Plan;
}

/** Decides by which schema and engine a document is extracted, and opens what the engine needs. `closePlan` ends its use. */
export async function makePlan(work: DocumentWork): Promise<Plan> {
  const { claim, type, services, signal } = work;
  const definition = await services.definitions.of(claim, signal);
  const engine = services.engines.of(claim.engine, claim);
  const { needs } = engine;
  const history = await pastEdits(services.db, claim.runId);
  const references = needs.knowledge ? await openKnowledge(services.db, services, definition.knowledge) : null;
  const hasPageImages = needs.pageImages && definition.input !== 'text';
  const pageImages = hasPageImages ? openPageImages(services, claim, type, signal) : null;
  const memory = await openMemory(work);
  return { definition, engine, references, pageImages, memory, history };
}

export async function closePlan({ pageImages }: Plan): Promise<void> {
  await pageImages?.close();
}
