import { createHash } from 'node:crypto';
import type { JsonSchema } from '#lib/core/fields/output-schema.ts';
import { rejected, RequestRefused } from './classify.ts';
import { type Dialect, type OutputMode, outputModes } from './client.ts';

const best: Dialect = { mode: 'schema', temperature: true };

/** What each server was found to take. By schema, too: a server may refuse only large ones. */
export type KnownDialects = Map<string, Dialect>;

/**
 * Asks in the richest form that the server takes. When it refuses one (400, 422) the next is tried: strict schema, any
 * JSON, plain text; the first that works is used from then on, and a refusal after that is about the page.
 * @param server what a dialect holds for: address, API and model
 * @param ask throws RequestRefused when the form is refused
 * @throws DocumentError `model_rejected` when no form is taken; else what `ask` throws
 */
export async function inDialect<T>(
  known: KnownDialects,
  server: string,
  schema: JsonSchema,
  ask: (dialect: Dialect) => Promise<T>,
): Promise<T> {
  const key = createHash('sha256')
    .update(`${server}\n${JSON.stringify(schema)}`)
    .digest('hex');
  const agreed = known.get(key);
  let refusal: RequestRefused | null = null;
  for (let dialect: Dialect | null = agreed ?? best; dialect;) {
    try {
      const answer = await ask(dialect);
      known.set(key, dialect);
      return answer;
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      refusal ??= error;
      dialect = agreed ? null : plainer(dialect, error.param);
    }
  }
  throw rejected(refusal?.message ?? 'in every form');
}

/** The next form to try; null after the plainest. */
function plainer(dialect: Dialect, culprit: string | null): Dialect | null {
  if (culprit === 'temperature' && dialect.temperature) return { ...dialect, temperature: false };
  const mode: OutputMode | undefined = outputModes[outputModes.indexOf(dialect.mode) + 1];
  if (mode) return { ...dialect, mode };
  return dialect.temperature ? { mode: 'schema', temperature: false } : null;
}
