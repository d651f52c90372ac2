import { expect, test } from 'vitest';
import { inOrder } from '#worker/readers/in-order.ts';

test('results come in the order of their items, whichever is ready first', async () => {
  const doors = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const results = Array.fromAsync(
    inOrder([0, 1, 2], 3, async (item) => {
      await doors[item]?.promise;
      return item;
    }),
  );
  for (const door of doors.toReversed()) door.resolve();
  expect(await results).toEqual([0, 1, 2]);
});

test('no more run beside each other than allowed', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 10 }, (_, item) => item);
  await Array.fromAsync(
    inOrder(items, 3, async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    }),
  );
  expect(most).toBe(3);
});

test('the others are stopped when one fails', async () => {
  const stopped: number[] = [];
  const results = inOrder([0, 1, 2], 3, async (item, signal) => {
    if (item === 0) throw new Error('page 0');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    stopped.push(item);
  });
  await expect(Array.fromAsync(results)).rejects.toThrow('page 0');
  expect(stopped).toEqual([1, 2]);
});
