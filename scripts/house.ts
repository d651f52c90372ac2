// Prints the shape of the code (cycles, pairs of rooms, forbidden imports, sizes); fails when it is not in order.
//
//   npm run house

import { fileURLToPath } from 'node:url';
import { type House, measureHouse, type Sizes } from './house/measure.ts';
import { readSources } from './house/source.ts';

const house = measureHouse(readSources(fileURLToPath(new URL('..', import.meta.url))));
console.log(tableOf(house));
const faults = [
  ...house.cycles.map((cycle) => `These files import each other: ${cycle.join(', ')}`),
  ...house.pairs.map((pair) => `These rooms import each other: ${pair.join(', ')}`),
  ...house.violations,
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function tableOf({ files, rooms, cycles, pairs, violations, fileLines, functionLines, fullestFolder }: House): string {
  const rows: [string, string | number][] = [
    ['files in rooms', `${files} in ${rooms}`],
    ['import cycles, types included', cycles.length],
    ['pairs of rooms that import each other', pairs.length],
    ['imports that the table of rooms forbids', violations.length],
    ['lines of a file (median, p90, longest)', sizes(fileLines)],
    ['lines of a function (median, p90, longest)', sizes(functionLines)],
    ['fullest folder', `${fullestFolder.path}, ${fullestFolder.files} files`],
  ];
  return rows.map(([name, value]) => `${name.padEnd(44)}${value}`).join('\n');
}

function sizes({ median, p90, max }: Sizes): string {
  return `${median}, ${p90}, ${max}`;
}
