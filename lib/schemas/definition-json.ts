import type { Definition } from '#lib/extraction/definition.ts';

/** A definition as JSON, to store, export and show: `parseDefinition` reads it back. */
export function definitionToJson({ jsonSchema, fields: _tree, ...envelope }: Definition): Record<string, unknown> {
  return { ...envelope, fields: jsonSchema };
}
