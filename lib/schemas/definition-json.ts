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
  hasExamples,
  sessions,
  ...envelope
}: Definition): Record<string, unknown> {
  // Versions from before there were these keys do not have them.
  const mail = isMailBodyRead ? { mail_body: 'always' } : {};
  const examples = hasExamples ? {} : { examples: false };
  const mode = sessions === 'together' ? {} : { sessions };
  return { ...envelope, ...mail, ...examples, ...mode, fields: jsonSchema, ...others };
}
