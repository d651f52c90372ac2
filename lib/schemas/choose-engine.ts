import type { Definition } from '#lib/core/schema/definition.ts';
import { defaultModel, type Env } from '#lib/env.ts';

/** The schema's own engine and model, else the installation's. */
export function chooseEngine(definition: Definition, env: Pick<Env, 'defaultEngine' | 'MODEL'>) {
  const engine = definition.engine ?? env.defaultEngine;
  return { engine, model: engine === 'model' ? (definition.model ?? env.MODEL ?? defaultModel) : null };
}
