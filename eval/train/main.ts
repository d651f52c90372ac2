/**
 * `npm run train -- [--layouts FILE] DIR…`: learns from labelled folders how far the values of the built-in engine can be
 * trusted. Writes the weights beside the engine, and how well they fit layouts that were held out (docs/certainty.md).
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readSamples } from '#eval/local/sets.ts';
import { examplesOf, weighed } from './examples.ts';
import { foldCount, foldOf, learn } from './folds.ts';
import { reportOf } from './report.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { layouts: { type: 'string' } },
});
const root = new URL('../../', import.meta.url);

if (folders.length === 0) {
  console.error('Name folders of labelled documents: npm run train -- DIR…');
  process.exitCode = 1;
} else {
  const samples = await readSamples(folders, options.layouts);
  const examples = weighed(samples.flatMap(examplesOf));
  const scorers = Array.from({ length: foldCount }, (_, fold) =>
    learn(examples.filter(({ layout }) => foldOf(layout) !== fold)),
  );
  const trials = examples.flatMap((example) => {
    const scorer = scorers[foldOf(example.layout)];
    return scorer ? [{ example, scorer }] : [];
  });
  const report = reportOf(
    trials,
    folders.map((folder) => basename(folder)),
  );
  await writeFile(
    new URL('worker/engines/builtin/certainty/weights.json', root),
    `${JSON.stringify(learn(examples))}\n`,
  );
  await writeFile(new URL('docs/certainty.md', root), report);
  console.log(report);
}
