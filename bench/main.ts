/** `npm run bench -- name`: runs one of the benchmarks beside this file; `pipeline` without a name. */
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname).flatMap((file) => /^(.+)\.ts$/.exec(file)?.[1] ?? []);
const benches = names.filter((name) => name !== 'main' && name !== 'files');
const [name = 'pipeline'] = process.argv.splice(2, 1);
if (benches.includes(name)) await import(`./${name}.ts`);
else {
  console.error(`Name one of: ${benches.join(', ')}`);
  process.exitCode = 1;
}
