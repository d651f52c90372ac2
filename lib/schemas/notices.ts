import { LRUCache } from 'lru-cache';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { DefinitionError, type Problem } from '#lib/core/fields/problems.ts';

/** By the id of a version: it never changes. */
const known = new LRUCache<string, readonly Problem[]>({ max: 2000 });

/**
 * What is wrong with a version that was saved, each with its path: patterns that are not evaluated, and whatever else this
 * program would refuse to save.
 */
export function noticesOf(version: { id: string; definition: Record<string, unknown> }): readonly Problem[] {
  const notices = known.get(version.id) ?? noticesIn(version.definition);
  known.set(version.id, notices);
  return notices;
}

function noticesIn(definition: Record<string, unknown>): readonly Problem[] {
  try {
    return parseSavedDefinition(definition).unchecked;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}
