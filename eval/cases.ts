import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EvalError } from './client.ts';

const definitionSchema = z.looseObject({ slug: z.string() });
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const rows = z.array(z.record(z.string(), scalar.nullable()));
const expectedSchema = z.record(z.string(), z.union([scalar, rows]));

/** A document with what stands in it. */
export interface Case {
  stem: string;
  file: string;
  /** A flat record, lists as rows; fields that it does not name are not asked for. */
  expected: z.output<typeof expectedSchema>;
}

export interface EvalSet {
  definition: { slug: string };
  cases: Case[];
}

/**
 * A folder of documents with known answers: `schema.json`, and `NAME.expected.json` beside each `NAME.*`.
 * `limit`: only so many, the first ones by name.
 * @throws EvalError when the folder holds no such pair
 */
export async function readSet(folder: string, limit: number): Promise<EvalSet> {
  const names = (await readdir(folder)).toSorted();
  const definition = definitionSchema.parse(JSON.parse(await readFile(join(folder, 'schema.json'), 'utf8')));
  const answers = names.filter((name) => name.endsWith('.expected.json')).slice(0, limit);
  const cases = await Promise.all(
    answers.map(async (name) => {
      const stem = name.slice(0, -'.expected.json'.length);
      const file = names.find((other) => other.startsWith(`${stem}.`) && !other.endsWith('.json'));
      if (!file) throw new EvalError(`${name} has no document beside it`);
      const expected = expectedSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      return { stem, file: join(folder, file), expected };
    }),
  );
  if (cases.length === 0) throw new EvalError(`${folder} holds no NAME.expected.json`);
  return { definition, cases };
}
