/**
 * `npm run bench -- pipeline [names…]`: the pipeline against what its parts cost bare. Ratios, each of the two measured in
 * the same round; with names only those lines.
 */
import { cachedData } from './pipeline/cached.ts';
import { claim } from './pipeline/claim.ts';
import { commitToEvent } from './pipeline/events.ts';
import { killToAttempt } from './pipeline/kill.ts';
import { makespan } from './pipeline/makespan.ts';
import { runMeasurements } from './pipeline/run.ts';
import { commitToStart } from './pipeline/start.ts';
import { upload } from './pipeline/upload.ts';
import { fourWorkers } from './pipeline/workers.ts';

await runMeasurements({
  makespan,
  start: commitToStart,
  events: commitToEvent,
  upload,
  claim,
  cached: cachedData,
  kill: killToAttempt,
  workers: fourWorkers,
});
