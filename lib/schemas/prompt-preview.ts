import type { PromptPreview } from '#lib/core/contract/schemas.ts';
import type { Context } from '#lib/context.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { outputSchema } from '#lib/core/fields/output-schema.ts';
import { assembleSystem } from '#lib/core/prompt/assemble.ts';
import { estimateTokens } from '#lib/core/prompt/tokens.ts';
import { awaitReading } from '#lib/schemas/knowledge/reading.ts';
import { openReferences } from '#lib/schemas/knowledge/references.ts';
import { getSchema } from './get.ts';

/** So long a screen waits for reference documents that no one has read yet. */
const waitMs = 5000;

/** @throws RequestError `unknown_schema` (404) */
export async function getPrompt(
  context: Pick<Context, 'db' | 'storage' | 'queue'>,
  { slug, version, signal }: { slug: string; version: number | undefined; signal: AbortSignal },
): Promise<PromptPreview> {
  const found = await getSchema(context, { slug, version });
  const definition = parseSavedDefinition(found.definition);
  const readings = await Promise.all(
    definition.knowledge.map((file) => awaitReading(context, file, { waitMs, signal })),
  );
  const { whole } = await openReferences(context.db, definition.knowledge);
  const system = assembleSystem(definition, whole);
  const schema = outputSchema(definition.fields);
  return {
    version: found.version,
    system,
    output_schema: schema,
    tokens: { system: estimateTokens(system), output_schema: estimateTokens(JSON.stringify(schema)) },
    knowledge: definition.knowledge.map(({ name, sha256 }, index) => {
      const reading = readings[index];
      if (!reading) return { name, sha256, use: 'being_read' };
      if (reading.failure) return { name, sha256, use: 'unreadable' };
      return { name, sha256, use: whole.some((text) => text.name === name) ? 'whole' : 'passages' };
    }),
  };
}
