/**
 * `npm run bench -- layouts --layouts FILE DIR…`: one document of each layout is verified, the others are measured: with what
 * was learned of the layout, beside the same without it. Every document of a layout is the verified one once.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { judge } from '#eval/judge.ts';
import { asRead, extractValues } from '#eval/local/extract.ts';
import { readSamples, type Sample } from '#eval/local/sets.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { wordHash } from '#lib/layouts/hash-word.ts';
import { learnPages } from '#worker/layouts/learn.ts';
import { type KnownLesson, pagePrint, recall } from '#worker/layouts/recall.ts';
import { type Truth, truthLines } from './truth/measure.ts';
import { verifiedValues } from './truth/verified.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { layouts: { type: 'string' } },
});

const hash = wordHash('bench');

if (folders.length === 0 || options.layouts === undefined) {
  console.error(
    'Name the file of layouts and folders of labelled documents: npm run bench -- layouts --layouts FILE DIR…',
  );
  process.exitCode = 1;
} else {
  const samples = await readSamples(folders, options.layouts);
  const layouts = [...Map.groupBy(samples, ({ layout }) => layout).values()].filter(({ length }) => length > 1);
  const pairs = layouts.flatMap((own) =>
    own.map((teacher) => ({ teacher, others: own.filter((one) => one !== teacher) })),
  );
  const familiar: Truth[] = [];
  const measured = pairs.map(({ teacher, others }) => {
    const lessons = lessonsOf(teacher);
    const recallOf = (page: Page) => recall(lessons, pagePrint(page, hash));
    return others.map((other) => {
      const truth = measure(other, recallOf);
      if (other.pages[0] && recallOf(other.pages[0])) familiar.push(truth);
      return truth;
    });
  });
  const before = pairs.map(({ others }) => others.map((other) => measure(other, () => null)));
  console.log(
    `load ${(loadavg()[0] ?? 0).toFixed(1)}; ${layouts.length} layouts of ${layouts.flat().length} documents`,
  );
  console.log(
    truthLines({
      'nothing verified': before.flat(),
      'one verified': measured.flat(),
      'layout recognised': familiar,
    }).join('\n'),
  );
}

function lessonsOf(teacher: Sample): KnownLesson[] {
  const values = verifiedValues(teacher);
  const lessons = learnPages(teacher.definition, teacher.pages, values, hash);
  return lessons.flatMap((lesson) => (lesson ? [{ document: teacher.stem, lesson }] : []));
}

function measure(sample: Sample, recallOf: (page: Page) => ReturnType<typeof recall>): Truth {
  const started = performance.now();
  const values = extractValues(sample.definition, sample.pages, recallOf);
  const ms = performance.now() - started;
  const judgements = judge(sample, asRead(sample.definition, values));
  return { set: sample.set, judgements, pages: sample.pages.length, ms };
}
