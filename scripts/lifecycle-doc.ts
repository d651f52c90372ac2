import { readFile, writeFile } from 'node:fs/promises';
import { withLifecycle } from './lifecycle-tables.ts';

/** Writes the tables of docs/lifecycle.md again. Run it after a change of `lib/core/lifecycle.ts`. */
const file = new URL('../docs/lifecycle.md', import.meta.url);
await writeFile(file, withLifecycle(await readFile(file, 'utf8')));
