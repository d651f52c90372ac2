import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Changes with the package, so that a new browser is never mixed with an old one. */
/** Only a hang takes so long. */
const maxWaitMs = 240_000;
const home = join(tmpdir(), 'sluice-browser-153');

/** Starts the browser that comes with a registry package: nothing is downloaded, nothing of the machine is used. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await unpackBrowser();
  const libraries = join(home, 'al2023', 'lib');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  });
  browser.on('context', (context) => context.setDefaultTimeout(maxWaitMs));
  return browser;
}

/**
 * The package unpacks below the temporary folder that it is told. Test workers do so side by side: each into a folder of
 * its own, and the first that is ready gives it its name, so that nobody sees half of one.
 */
async function unpackBrowser(): Promise<string> {
  const executable = join(home, 'chromium');
  if (existsSync(executable)) return executable;
  const folder = await mkdtemp(`${home}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium');
    const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
    await packaged.executablePath();
    // Libraries that a bare machine lacks; the package unpacks them only where it knows that.
    await inflate(join(bin, 'al2023.tar.br'));
    await rename(folder, home).catch((error: unknown) => {
      if (!existsSync(executable)) throw error;
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(folder, { recursive: true, force: true });
  }
  return executable;
}
