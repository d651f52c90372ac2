import { z } from 'zod';
import { priorities } from '#lib/core/fields/choices.ts';
import { sessionModes } from '#lib/core/fields/choices.ts';
import { numberInQuery } from '#lib/core/storable.ts';

/** `?version=`: the latest when it is not given. */
export const versionQuery = z.object({
  version: numberInQuery('must be the number of a version').optional(),
});

export const schemaSummary = z.object({
  slug: z.string(),
  name: z.string(),
  version: z.number(),
  /** Names of the top-level fields, for a short description. */
  fields: z.array(z.string()),
  /** What a session gets that names no priority. */
  priority: z.enum(priorities),
  /** What becomes of files that are given together, where nothing else is said. */
  sessions: z.enum(sessionModes),
  /** What people should know of this version, each with its path: patterns that are not checked. */
  notices: z.array(z.object({ path: z.string(), message: z.string() })).readonly(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type SchemaSummary = z.output<typeof schemaSummary>;
export const schemasResponse = z.object({ schemas: z.array(schemaSummary) });

export const schemaDetail = schemaSummary.extend({
  /** The definition of this version, as `PUT` takes it. */
  definition: z.record(z.string(), z.unknown()),
  versions: z.array(z.object({ version: z.number(), name: z.string(), created_at: z.string() })),
});
export type SchemaDetail = z.output<typeof schemaDetail>;
export const schemaResponse = z.object({ schema: schemaDetail });

export const addedKnowledge = z.object({
  name: z.string(),
  sha256: z.string(),
  type: z.string(),
  /** Into how many passages its text was parted; null while it is still being read. */
  passages: z.number().nullable(),
});
export type AddedKnowledge = z.output<typeof addedKnowledge>;
export const knowledgeResponse = schemaResponse.extend({ knowledge: z.array(addedKnowledge) });

const knowledgeUses = ['whole', 'passages', 'being_read', 'unreadable'] as const;
export type KnowledgeUse = (typeof knowledgeUses)[number];

/** What a model is sent with every page of a schema's documents, before the page itself. */
export const promptPreview = z.object({
  version: z.number(),
  /** The fixed beginning, exactly. */
  system: z.string(),
  /** What the answer must be, exactly. */
  output_schema: z.record(z.string(), z.unknown()),
  /** About how many tokens a model counts. */
  tokens: z.object({ system: z.number(), output_schema: z.number() }),
  knowledge: z.array(z.object({ name: z.string(), sha256: z.string(), use: z.enum(knowledgeUses) })),
});
export type PromptPreview = z.output<typeof promptPreview>;
export const promptResponse = z.object({ prompt: promptPreview });
