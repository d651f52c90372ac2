/**
 * `npm run bench -- sessions [names…]`: the table of sessions at 1,000,000 of them against 1,000, and live updates for 200
 * browsers while 50 documents run. With names only those lines.
 */
import { runMeasurements } from './pipeline/run.ts';
import { busyEvents } from './sessions/events.ts';
import { lists } from './sessions/lists.ts';

await runMeasurements({ lists, events: busyEvents });
