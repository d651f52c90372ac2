/** `npm run bench -- name`: runs one of the benchmarks beside this file. */
import { readdirSync } from 'node:fs';

const names = readdirSync(import.meta.dirname).map((file) => file.replace(/\.ts$/, ''));
const benches = names.filter((name) => name !== 'main' && name !== 'files');
const [name] = process.argv.splice(2, 1);
if (name && benches.includes(name)) await import(`./${name}.ts`);
else {
  console.error(`Name one of: ${benches.join(', ')}`);
  process.exitCode = 1;
}
