/**
 * `npm run bench -- pipeline [names…]`: the pipeline against what its parts cost bare. Ratios, each of the two measured in
 * the same round; with names only those lines.
 */
import { availableParallelism, loadavg } from 'node:os';
import { cachedData } from './pipeline/cached.ts';
import { claim } from './pipeline/claim.ts';
import { commitToEvent } from './pipeline/events.ts';
import { killToAttempt } from './pipeline/kill.ts';
import type { Line } from './pipeline/line.ts';
import { makespan } from './pipeline/makespan.ts';
import { commitToStart } from './pipeline/start.ts';
import { upload } from './pipeline/upload.ts';
import { fourWorkers } from './pipeline/workers.ts';

const measurements: Record<string, () => Promise<Line[]>> = {
  makespan,
  start: commitToStart,
  events: commitToEvent,
  upload,
  claim,
  cached: cachedData,
  kill: killToAttempt,
  workers: fourWorkers,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; name some of: ${Object.keys(measurements).join(', ')}`);
  process.exit(1);
}
const lines: (Line & { load: number })[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.error(`${new Date().toISOString().slice(11, 19)} ${name}`);
  const measured = await measure();
  for (const { what, ratio, target } of measured) console.error(`         ${what}: ${ratio} (${target})`);
  // Others on the machine slow both sides of a ratio, but not alike.
  lines.push(...measured.map((line) => ({ ...line, load: loadavg()[0] ?? 0 })));
}
console.log(`\n${availableParallelism()} cores; load: processes that ran or waited to, at the end of a line`);
console.table(
  lines.map(({ what, ours, base, ratio, target, met, load, note }) => ({
    what,
    ours,
    base,
    ratio,
    target,
    met: met ? 'met' : 'missed',
    load: load.toFixed(1),
    note,
  })),
);
