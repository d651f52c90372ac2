import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type App, removeData, startApp } from './app.ts';
import { openBrowser } from './browser.ts';

/** A running Sluice, and a browser window of its own for each test of a file. */
export interface Screen {
  app: App;
  context: BrowserContext;
  page: Page;
  /** Calls the API. @throws Error with its answer when it refuses */
  call(path: string, init?: RequestInit): Promise<unknown>;
}

/** Starts Sluice and a browser for the tests of a file, and ends them with it. The fields are there once a test runs. */
export function openScreen(options: BrowserContextOptions, prepare: (screen: Screen) => Promise<unknown>): Screen {
  let browser: Browser | null = null;
  const parts: Partial<Pick<Screen, 'app' | 'context' | 'page'>> = {};
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the screen is not open yet');
    return part;
  };
  const screen: Screen = {
    get app() {
      return there(parts.app);
    },
    get context() {
      return there(parts.context);
    },
    get page() {
      return there(parts.page);
    },
    async call(path, init) {
      const response = await fetch(screen.app.url + path, init);
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    },
  };
  beforeAll(async () => {
    parts.app = await startApp();
    browser = await openBrowser();
    await prepare(screen);
  });
  afterAll(async () => {
    await browser?.close();
    await parts.app?.stop();
    if (parts.app) await removeData(parts.app);
  });
  beforeEach(async () => {
    parts.context = await browser?.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    parts.page = await parts.context?.newPage();
  });
  afterEach(() => parts.context?.close());
  return screen;
}
