import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '#lib/log.ts';

/** What Next says when it comes to a step, and what we say. */
const steps: readonly [said: RegExp, step: string][] = [
  [/Creating an optimized/, 'compiling the pages'],
  [/Collecting page data/, 'loading each page once'],
  [/Generating static pages/, 'making what never changes'],
  [/Finalizing/, 'writing the list of pages'],
];
/** A step that takes longer is said to go on. */
const beatMs = 10_000;

/** Logs what a build is doing and since when, from its start to its end. */
export function reportProgress(output: Readable, log: Logger, now: () => number = Date.now) {
  const startedAt = now();
  const seconds = () => Math.round((now() - startedAt) / 1000);
  let step = 'starting Next';
  const beat = setInterval(() => log.info(`building: ${step}, ${seconds()} s so far`), beatMs);
  beat.unref();
  createInterface({ input: output }).on('line', (line) => {
    const next = steps.find(([said]) => said.test(line))?.[1];
    if (!next || next === step) return;
    step = next;
    log.info(`building: ${step}, ${seconds()} s so far`);
  });
  return {
    /** To be called once the build has ended, however it did. */
    end(isBuilt: boolean): void {
      clearInterval(beat);
      if (isBuilt) log.info(`the web application is built, after ${seconds()} s`);
    },
  };
}
