import type { Definition } from '#lib/core/schema/definition.ts';

/**
 * A definition as JSON, to store, export and show: `parseSavedDefinition` reads it back. Keys that no one here knows are
 * kept, and stand last.
 */
export function definitionToJson({
  jsonSchema,
  fields: _tree,
  unchecked: _reasons,
  others,
  ...envelope
}: Definition): Record<string, unknown> {
  return { ...envelope, fields: jsonSchema, ...others };
}
