/**
 * `npm run chaos [-- scenario…] [--seed=N] [--short]`: kills workers, restarts PostgreSQL and wakes zombies, and looks
 * whether anything was lost, doubled or changed. Ends with 1 when an invariant does not hold.
 */
import { expectedOf, longRun, runScenario, type Scenario, scenarios, shortRun } from './run.ts';

const given = process.argv.slice(2);
const seed = Number(given.find((word) => word.startsWith('--seed='))?.slice('--seed='.length) ?? Date.now() % 100_000);
const amounts = given.includes('--short') ? shortRun : longRun;
const wanted = scenarios.filter((name) => given.includes(name));

console.log(`seed ${seed}`);
for (const name of wanted.length > 0 ? wanted : scenarios) await show(name);

async function show(name: Scenario): Promise<void> {
  const started = Date.now();
  const { figures, isSound } = await runScenario(name, seed, amounts[name], {
    expected: await expectedOf(seed, amounts[name].sessions),
  });
  const { verdict, ...counts } = figures;
  const { sessions, lost, doubled, other } = verdict;
  const facts = { sessions, lost: lost.length, doubled: doubled.length, ...counts };
  const line = Object.entries(facts).map(([what, count]) => `${what} ${String(count)}`);
  console.log(
    `${isSound ? 'ok   ' : 'WRONG'} ${name}: ${line.join(', ')} (${Math.round((Date.now() - started) / 1000)} s)`,
  );
  for (const problem of [...lost, ...doubled, ...other].slice(0, 20)) console.log(`      ${problem}`);
  if (!isSound) process.exitCode = 1;
}
