import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Definition, parseDefinition } from '#lib/core/schema/definition.ts';
import type { Page } from '#lib/core/pages/page.ts';
import { type Case, readSet } from '#eval/cases.ts';
import { openPages, type PageSource } from './pages.ts';

/** A document with its pages and what stands in it. */
export interface Sample extends Pick<Case, 'stem' | 'expected'> {
  /** The folder that it comes from. */
  set: string;
  /** Documents that look alike share one: they are held out together. */
  layout: string;
  definition: Definition;
  pages: Page[];
}

const layoutsSchema = z.record(z.string(), z.string());

/** Which documents share a layout, by `set/stem`: a JSON file of such pairs; each its own without one. */
async function readLayouts(path: string | undefined): Promise<Record<string, string>> {
  return path === undefined ? {} : layoutsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/**
 * The documents of labelled folders, or of all labelled folders in a folder; `layouts` is the file that says which look
 * alike. A document that can't be read is named and left out.
 */
export async function readSamples(folders: readonly string[], layouts: string | undefined): Promise<Sample[]> {
  const byDocument = await readLayouts(layouts);
  const source = openPages();
  try {
    return await samplesOf(folders, byDocument, source);
  } finally {
    await source.close();
  }
}

async function samplesOf(
  folders: readonly string[],
  layouts: Readonly<Record<string, string>>,
  source: PageSource,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const folder of (await Promise.all(folders.map(labelledFolders))).flat()) {
    const { definition: given, cases } = await readSet(folder.path, Number.POSITIVE_INFINITY);
    const definition = parseDefinition(given);
    for (const { stem, file, expected } of cases) {
      const pages = await source.pagesOf(file).catch((error: unknown) => console.error(`${file}: ${String(error)}`));
      const layout = layouts[`${folder.set}/${stem}`] ?? `${folder.set}/${stem}`;
      if (pages) samples.push({ stem, expected, set: folder.set, layout, definition, pages });
    }
  }
  return samples;
}

async function labelledFolders(path: string): Promise<{ path: string; set: string }[]> {
  const names = await readdir(path);
  if (names.includes('schema.json')) return [{ path, set: basename(path) }];
  const within = await readdir(path, { withFileTypes: true });
  const inner = await Promise.all(
    within.filter((one) => one.isDirectory()).map(({ name }) => readdir(join(path, name))),
  );
  return within
    .filter((one) => one.isDirectory())
    .filter((_, index) => inner[index]?.includes('schema.json'))
    .map(({ name }) => ({ path: join(path, name), set: basename(path) }));
}
