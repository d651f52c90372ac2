/** `npm run bombs [mutations]`: every bomb and 2,000 damaged files; ends with 1 when one has another outcome than its ledger says. */
import { availableParallelism } from 'node:os';
import { watchPeak } from './peak.ts';
import { bombTrials, mutationTrials, runTrials, type Trial } from './run.ts';

const maxBytes = 1024 ** 3;
const mutations = Number(process.argv[2] ?? 2000);
const concurrency = Math.max(2, Math.floor(availableParallelism() / 2));

const wrong: Trial[] = [];
const counts = new Map<string, number>();
let slowest: Trial | null = null;

function note(trial: Trial): void {
  counts.set(trial.outcome, (counts.get(trial.outcome) ?? 0) + 1);
  if (!slowest || trial.ms > slowest.ms) slowest = trial;
  if (!trial.isRight) wrong.push(trial);
  if (!trial.isRight || !/^\d+-good/.test(trial.name)) print(trial);
}

function print({ name, ms, outcome, message, expected, isRight }: Trial): void {
  const verdict = isRight ? 'ok   ' : `WRONG, expected ${expected.join(' or ')}:`;
  console.log(
    `${verdict} ${name.padEnd(28)} ${String(ms).padStart(6)} ms  ${outcome}  ${message.split('\n')[0] ?? ''}`,
  );
}

const watch = watchPeak();
const { isolation, leftovers } = await runTrials(
  [...(await bombTrials(true)), ...(await mutationTrials(mutations))],
  concurrency,
  note,
);
watch.stop();

const peak = watch.peakBytes();
console.log(`\n${isolation}; ${[...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`);
console.log(
  `slowest ${slowest?.['name'] ?? ''} ${slowest?.['ms'] ?? 0} ms; peak of a reader ${Math.round(peak / 1e6)} MB; left behind: ${leftovers.length}`,
);
if (wrong.length > 0 || peak > maxBytes || leftovers.length > 0) process.exitCode = 1;
