import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Case, EvalSet } from './cases.ts';
import type { Client, Variant } from './client.ts';
import { isGrounded } from './grounded.ts';
import { judge } from './judge.ts';
import type { Outcome } from './report.ts';

interface NamedVariant extends Variant {
  name: string;
}

/** Runs every document of a set under each variant, the same session for all of them, `parallel` at a time. */
export async function evaluate(
  client: Client,
  { definition, cases }: EvalSet,
  variants: readonly NamedVariant[],
  parallel: number,
): Promise<Outcome[]> {
  const outcomes = variants.map(({ name }) => emptyOutcome(name));
  const waiting = cases.values();
  const work = async () => {
    for (const one of waiting) await evaluateCase(client, one, definition.slug, variants, outcomes);
  };
  await Promise.all(Array.from({ length: parallel }, work));
  for (const { judgements } of outcomes) judgements.sort((a, b) => a.stem.localeCompare(b.stem));
  return outcomes;
}

async function evaluateCase(
  client: Client,
  one: Case,
  slug: string,
  variants: readonly NamedVariant[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const content = new Uint8Array(await readFile(one.file));
  const beginning = performance.now();
  const uploaded = await client.upload(basename(one.file), content, slug);
  const uploadMs = performance.now() - beginning;
  for (const [place, variant] of variants.entries()) {
    const outcome = outcomes[place];
    if (!outcome) continue;
    const started = performance.now();
    // The run of the upload is the schema's own: the first variant needs no other when it asks for nothing else.
    const isOwn = place === 0 && variant.version === null && variant.engine === null;
    const session = isOwn ? uploaded : await client.extract(uploaded.id, variant);
    outcome.seconds += (isOwn ? uploadMs : performance.now() - started) / 1000;
    const { failure } = session;
    if (failure) outcome.failed.push({ stem: one.stem, reason: `${failure.reason} ${failure.message}` });
    const account = session.status === 'failed' ? undefined : (await client.results(uploaded.id))[0];
    outcome.judgements.push(...judge(one, account));
    for (const field of account?.fields ?? []) {
      if (field.value === null || field.value === '') continue;
      outcome.found += 1;
      if (await isGrounded(client, account?.document_id ?? '', field)) outcome.grounded += 1;
    }
  }
}

function emptyOutcome(name: string): Outcome {
  return { name, judgements: [], failed: [], found: 0, grounded: 0, seconds: 0 };
}
