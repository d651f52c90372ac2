/**
 * `npm run bench -- wrong-answers [--share 0.3] [--seed 1] DIR…`: how well trust finds out a model that is often wrong. A model's
 * answers are made from the right ones: a share of them is another number, date or name of the same page, with its true
 * quote. No model is asked.
 */
import { parseArgs } from 'node:util';
import { readSamples, type Sample } from '#eval/local/sets.ts';
import { judgeAnswers } from './truth/answers.ts';
import { type Truth, truthLines } from './truth/measure.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '0.3' }, seed: { type: 'string', default: '1' } },
});

if (folders.length === 0) {
  console.error('Name folders of labelled documents: npm run bench -- wrong-answers DIR…');
  process.exitCode = 1;
} else {
  const samples = await readSamples(folders, undefined);
  const measured = samples.map((sample: Sample, index): Truth => {
    const started = performance.now();
    const judgements = judgeAnswers(sample, Number(options.share), Number(options.seed) + index);
    return { set: sample.set, judgements, pages: sample.pages.length, ms: performance.now() - started };
  });
  console.log(truthLines({ [`${options.share} of the answers wrong`]: measured }).join('\n'));
}
