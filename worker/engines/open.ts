import type { Context } from '#lib/app-context.ts';
import type { Claim } from '#lib/documents/claim.ts';
import type { EngineName } from '#lib/extraction/definition.ts';
import { builtinEngine } from './builtin/engine.ts';
import type { Engine } from './engine.ts';

/** The engines of this worker, by name; each gives the engine for one claimed document. */
export function openEngines(_context: Context): Record<EngineName, (claim: Claim) => Engine> {
  const builtin = builtinEngine();
  return { builtin: () => builtin, model: () => builtin };
}
