import type { Page } from 'playwright-core';
import { until } from '#tests/support/context.ts';

/** What reviewing one document took. */
export interface Reviewed {
  /** From the wish for it, a key or an address, until its first value has the focus. */
  openMs: number;
  /** From then until it is verified. */
  ms: number;
  keystrokes: number;
}

/** Opens a session by its address and waits until a key would be heard. */
export async function openSession(page: Page, address: string): Promise<number> {
  const started = performance.now();
  await page.goto(address);
  await page.locator('[data-field]:focus').waitFor();
  return performance.now() - started;
}

/**
 * Reviews the session that is open by the keyboard alone: goes from value to value that needs attention, types what is
 * right where it is not, verifies, and waits until the next session is open. A person's thinking is not in it.
 * @param truth what is right, by label
 */
export async function review(
  page: Page,
  openMs: number,
  truth: ReadonlyMap<string, string>,
): Promise<{ done: Reviewed; nextOpenMs: number }> {
  const started = performance.now();
  let keystrokes = 0;
  const press = async (key: string) => {
    keystrokes += 1;
    await page.keyboard.press(key);
  };
  const left = new Map(truth);
  while (left.size > 0) {
    const { label, value } = await focused(page);
    const right = left.get(label);
    if (right === undefined || right === value) await press('n');
    else {
      for (const key of right) await press(key);
      await press('Enter');
      left.delete(label);
    }
    if (left.size > 0)
      await until(
        () => focused(page),
        (now) => now.label !== label,
      );
  }
  await page.getByText('Nothing needs attention').waitFor();
  const address = page.url();
  await press('v');
  const asked = performance.now();
  await page.waitForURL((url) => url.href !== address);
  const ms = performance.now() - started;
  if (/\/sessions\/./.test(page.url())) await page.locator('[data-field]:focus').waitFor();
  return { done: { openMs, ms, keystrokes }, nextOpenMs: performance.now() - asked };
}

/** The value that has the focus, as a screen reader says it. */
async function focused(page: Page): Promise<{ label: string; value: string }> {
  const said = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const [, label = '', value = ''] = /^(.+?): ([^,]*(?:,\d{3}(?!\d)[^,]*)*)/.exec(said) ?? [];
  return { label, value };
}
