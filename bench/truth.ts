/**
 * `npm run bench -- truth [--layouts FILE] [--kinds] DIR…`: how right the built-in engine is on labelled folders, and how silent
 * where it is wrong. In five folds: what it learned of its own certainty never includes the layouts that are measured; with
 * `--kinds`, never the folder that is measured. Beside it the hand-set trust. No app is needed; files are read once.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readSamples } from '#eval/local/sets.ts';
import { examplesOf, weighed } from '#eval/train/examples.ts';
import { foldCount, foldOf, learn } from '#eval/train/folds.ts';
import { measureTruth, truthLines } from './truth/measure.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { layouts: { type: 'string' }, kinds: { type: 'boolean', default: false } },
});

if (folders.length === 0) {
  console.error('Name folders of labelled documents: npm run bench -- truth DIR…');
  process.exitCode = 1;
} else {
  const samples = await readSamples(folders, options.layouts);
  const examples = weighed(samples.flatMap(examplesOf));
  const groups = options.kinds
    ? [...new Set(samples.map(({ set }) => set))]
    : Array.from({ length: foldCount }, (_, fold) => String(fold));
  const groupOf = (one: { set: string; layout: string }) => (options.kinds ? one.set : String(foldOf(one.layout)));
  const scorers = new Map(groups.map((group) => [group, learn(examples.filter((one) => groupOf(one) !== group))]));
  const learned = samples.map((sample) => measureTruth(sample, scorers.get(groupOf(sample)) ?? null));
  const byHand = samples.map((sample) => measureTruth(sample, null));
  console.log(`load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  console.log(truthLines({ 'by hand': byHand, 'learned, held out': learned }).join('\n'));
}
