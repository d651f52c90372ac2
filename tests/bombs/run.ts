import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import pino from 'pino';
import { z } from 'zod';
import { parseEnv } from '#lib/env.ts';
import { openReaders, type Readers } from '#worker/readers/readers.ts';
import { bombs } from './bombs.ts';
import { goodFiles } from './good.ts';
import { mutate } from './mutate.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

const ledgerSchema = z.record(z.string(), z.array(z.string()).min(1));

export interface Trial {
  name: string;
  ms: number;
  outcome: Outcome | 'thrown';
  message: string;
  expected: string[];
  isRight: boolean;
}

interface TrialFile {
  name: string;
  make(): Buffer;
  expected: string[];
}

/** What may become of a damaged file: it is read all the same, or refused with a reason that blames the file. */
const refusals = [
  'corrupt_file',
  'too_complex',
  'too_large',
  'too_many_pages',
  'unsupported_file',
  'encrypted_file',
  'empty_file',
  'no_text_found',
];

/** Every bomb with its outcomes in the ledger. */
export async function bombTrials(withSlow: boolean): Promise<TrialFile[]> {
  const ledger = ledgerSchema.parse(JSON.parse(await readFile(new URL('ledger.json', import.meta.url), 'utf8')));
  return bombs
    .filter((bomb) => withSlow || !bomb.isSlow)
    .map((bomb) => {
      const expected = ledger[bomb.name];
      if (!expected) throw new Error(`${bomb.name} stands in no ledger`);
      return { ...bomb, expected };
    });
}

/** Good files, each damaged in `count / kinds` ways told by seeds. */
export async function mutationTrials(count: number): Promise<TrialFile[]> {
  const good = await goodFiles();
  return Array.from({ length: count }, (_, seed) => {
    const { name, content } = good[seed % good.length] ?? { name: '', content: Buffer.alloc(0) };
    return { name: `${seed}-${name}`, make: () => mutate(content, seed), expected: ['pages', ...refusals] };
  });
}

/** Reads each file, `concurrency` beside each other, in readers of their own. All they leave behind is looked for. */
export async function runTrials(
  trials: readonly TrialFile[],
  concurrency: number,
  told: (trial: Trial) => void,
): Promise<{ isolation: string; leftovers: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'bombs-'));
  const env = parseEnv({ DATA_DIR: join(folder, 'data'), OCR_ENGINE: 'js', WORKER_READERS: String(concurrency) });
  const readers = openReaders(env, pino({ level: 'silent' }));
  try {
    await mkdir(join(folder, 'files'));
    await pMap(trials, async (trial) => told(await runTrial(readers, join(folder, 'files'), trial)), {
      concurrency,
    });
    await readers.close();
    return { isolation: readers.isolation, leftovers: await readdir(join(folder, 'data', 'work')) };
  } finally {
    await readers.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runTrial(readers: Readers, folder: string, trial: TrialFile): Promise<Trial> {
  const { name, expected } = trial;
  const path = join(folder, name);
  await writeFile(path, trial.make());
  const started = performance.now();
  const { outcome, message } = await outcomeOf(readers, path, name).catch((error: unknown) => ({
    outcome: 'thrown' as const,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const ms = Math.round(performance.now() - started);
  await rm(path);
  return { name, ms, outcome, message, expected, isRight: expected.includes(outcome) };
}
