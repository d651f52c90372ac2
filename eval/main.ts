/**
 * `npm run eval -- --set DIR`: how much of a folder of documents with known answers a running Sluice reads right, field by
 * field, where it stands, and whether trust tells the wrong values from the right. `--set` several times: also all together. With `--against-version` or
 * `--against-engine` every document is extracted a second time: what that fixed, and what it broke.
 */
import { parseArgs } from 'node:util';
import { readSet } from './cases.ts';
import { openClient } from './client.ts';
import { compareLines, faultLines, type Outcome, reportLines, totalLines } from './report.ts';
import { evaluate } from './run.ts';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    set: { type: 'string', multiple: true },
    limit: { type: 'string', default: '100000' },
    parallel: { type: 'string', default: '4' },
    timeout: { type: 'string', default: '180' },
    version: { type: 'string' },
    engine: { type: 'string' },
    'against-version': { type: 'string' },
    'against-engine': { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const say = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);
const variant = (version: string | undefined, engine: string | undefined) => ({
  name: `${version ? `version ${version}` : 'the newest version'}, ${engine ?? "the schema's engine"}`,
  version: version === undefined ? null : Number(version),
  engine: engine ?? null,
});

if (!options.set) {
  say(['Name a folder: npm run eval -- --set DIR']);
  process.exitCode = 1;
} else {
  const client = openClient(options.url, Number(options.timeout) * 1000);
  const isCompared = options['against-version'] !== undefined || options['against-engine'] !== undefined;
  const first = variant(options.version, options.engine);
  const variants = isCompared ? [first, variant(options['against-version'], options['against-engine'])] : [first];
  const all: Outcome[] = [];
  for (const folder of options.set) {
    const set = await readSet(folder, Number(options.limit));
    await client.putSchema(set.definition.slug, set.definition);
    const outcomes = await evaluate(client, set, variants, Number(options.parallel));
    for (const outcome of outcomes) {
      if (options.verbose) say(faultLines(outcome));
      say([folder, ...reportLines(outcome, set.cases.length), '']);
    }
    const [before, after] = outcomes;
    if (before && after) say(compareLines(before, after));
    if (before) all.push(before);
  }
  if (all.length > 1) say(totalLines(all));
}
