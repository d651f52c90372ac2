import { availableParallelism, loadavg } from 'node:os';
import type { Line } from './line.ts';

/** Takes the measurements named on the command line, or all, and prints one table; each line also as soon as it is there. */
export async function runMeasurements(measurements: Record<string, () => Promise<Line[]>>): Promise<void> {
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
}
