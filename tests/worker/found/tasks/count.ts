import { z } from 'zod';
import { defineTask } from '#lib/queue/tasks.ts';
import { handleTask } from '#worker/run-tasks.ts';

const payload = z.object({ number: z.number(), fails: z.number() });
export const countTask = defineTask('test-count', payload, { retries: 2, expireSeconds: 60, waitSeconds: 600 });

/** What the handler was given, in order. */
export const counted: number[] = [];
const failures = new Map<number, number>();

export default handleTask({
  task: countTask,
  concurrency: 1,
  open: () => ({
    async run({ number, fails }) {
      counted.push(number);
      const before = failures.get(number) ?? 0;
      failures.set(number, before + 1);
      if (before < fails) throw new Error('not yet');
    },
  }),
});
