import type { Page } from 'playwright-core';

const rows = 400;
const rowsPerPage = 50;

export const listSchema = {
  name: 'Delivery',
  engine: 'builtin',
  fields: {
    type: 'object',
    properties: {
      Total: { type: 'number' },
      Items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { Item: { type: 'string' }, Quantity: { type: 'number' }, Price: { type: 'number' } },
        },
      },
    },
  },
  rules: [
    { name: 'adds up', check: "near(Total, sum(Items, 'Price'))", message: 'Items do not add up', severity: 'error' },
  ],
};

/** A text of 400 rows below each other, on eight pages. */
export function longList(): string {
  const pages = Array.from({ length: rows / rowsPerPage }, (_, page) => {
    const lines = Array.from({ length: rowsPerPage }, (_row, row) => {
      const number = page * rowsPerPage + row + 1;
      return `Part ${String(number).padEnd(14)}${String((number % 9) + 1).padEnd(12)}${(number / 4).toFixed(2)}`;
    });
    return ['Item               Quantity    Price', ...lines].join('\n');
  });
  const total = (rows * (rows + 1)) / 8;
  return `Total: ${total.toFixed(2)}\n\n${pages.join('\f')}\n`;
}

/** Types into a cell in the middle of the list, at 20 characters a second; gives the milliseconds of each frame meanwhile. */
export async function typeInList(page: Page): Promise<number[]> {
  await page.keyboard.press('f');
  await page.locator('[role=gridcell][data-field]').first().focus();
  for (let down = 0; down < 3; down++) await page.keyboard.press('PageDown');
  await page.locator('[role=gridcell][data-field]:focus').waitFor();
  await page.keyboard.press('F2');
  await page.locator('[role=gridcell] input:focus').waitFor();
  const frames = watchFrames(page);
  await page.waitForFunction(() => 'benchFrames' in window);
  await page.keyboard.type('A part that was delivered late, and in another colour', { delay: 50 });
  await page.evaluate(() => Object.assign(window, { benchFrames: 'over' }));
  return frames;
}

function watchFrames(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const times: number[] = [];
    Object.assign(window, { benchFrames: 'running' });
    let last = performance.now();
    while (Reflect.get(window, 'benchFrames') === 'running') {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      times.push(now - last);
      last = now;
    }
    return times.slice(1);
  });
}
