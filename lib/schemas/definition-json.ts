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
  isMailBodyRead,
  ...envelope
}: Definition): Record<string, unknown> {
  // Versions from before there was the key do not have it.
  const mail = isMailBodyRead ? { mail_body: 'always' } : {};
  return { ...envelope, ...mail, fields: jsonSchema, ...others };
}
