import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask } from '#lib/queue/tasks.ts';
import { findHandlers, runTasks, type TaskRunner } from '#worker/run-tasks.ts';
import { testContext, type TestContext, until } from '#tests/support/context.ts';
import { counted, countTask } from './found/tasks/count.ts';

let context: TestContext;
let runner: TaskRunner;
beforeAll(async () => {
  context = await testContext();
  const handlers = await findHandlers(new URL('./found/tasks/', import.meta.url));
  // The handler of this test uses none of a worker's services.
  runner = await runTasks(context, {} as never, handlers);
});
afterAll(async () => {
  await runner.close();
  await context.close();
});

const request = async (number: number, fails = 0) => {
  await context.queue.tasks.request(countTask, { number, fails });
  runner.wake(countTask.name);
};
const timesOf = (number: number) => counted.filter((one) => one === number).length;

describe('small jobs', () => {
  it('a file in the folder is all it takes', async () => {
    await request(1);
    await expect.poll(() => timesOf(1)).toBe(1);
  });

  it('what fails is tried again, as often as its limits say', async () => {
    await request(2, 1);
    await request(3, 99);
    await until(
      async () => {
        runner.wake();
        return [timesOf(2), timesOf(3)];
      },
      ([two, three]) => two === 2 && three === 3,
    );
    await request(4);
    await until(
      async () => timesOf(4),
      (times) => times === 1,
    );
    expect([timesOf(2), timesOf(3)]).toEqual([2, 3]);
  });

  it('a payload of another version does not hold up the others', async () => {
    const other = defineTask(countTask.name, z.object({ number: z.number() }), countTask.limits);
    await context.queue.tasks.request(other, { number: 5 });
    await request(6);
    await until(
      async () => timesOf(6),
      (times) => times === 1,
    );
    expect(timesOf(5)).toBe(0);
  });

  it('says whether there is a task of a name', () => {
    expect([runner.wake(countTask.name), runner.wake('queued')]).toEqual([true, false]);
  });
});

it('the jobs that are found in worker/tasks are those of pages, reference documents and learning', async () => {
  const names = (await findHandlers()).map(({ task }) => task.name);
  expect(names.toSorted()).toEqual(['knowledge', 'learn', 'page-images', 'recalibrate']);
});
