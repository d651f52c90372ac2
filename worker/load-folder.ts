import { glob } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What each TypeScript file of a folder exports by default: a file more is one thing more. */
export async function loadFolder<T>(folder: URL): Promise<T[]> {
  const root = fileURLToPath(folder);
  const loaded: T[] = [];
  for await (const file of glob('*.ts', { cwd: root })) {
    const { default: exported } = await import(pathToFileURL(`${root}/${file}`).href);
    loaded.push(exported);
  }
  return loaded;
}
