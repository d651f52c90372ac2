/**
 * `npm run bench -- split [seeds] [first]`: how rightly and how fast loan packets are split into accounts, printed and
 * scanned. The tests use other seeds.
 */
import { pageEvidence } from '#lib/core/splitting/evidence.ts';
import { splitPages } from '#lib/core/splitting/split.ts';
import { splitTarget } from '#lib/core/splitting/target.ts';
import { hardCases, makePacket } from '#tests/support/loan-packet.ts';
import { score, type Score, splitPacket } from '#tests/support/loan-packet/score.ts';

const seeds = Number(process.argv[2] ?? 200);
const first = Number(process.argv[3] ?? 100_000);
const shown = 12;

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} % of ${whole}`;
const sum = (scores: readonly Score[], what: Exclude<keyof Score, 'wrong'>) =>
  scores.reduce((total, one) => total + one[what], 0);

for (const scanned of [false, true]) {
  const scores: Score[] = [];
  const wrong: string[] = [];
  const cases = new Map<string, number>();
  for (let seed = first; seed < first + seeds; seed++) {
    const packet = makePacket(seed, { scanned });
    const one = score(packet, splitPacket(packet));
    scores.push(one);
    for (const name of packet.cases) cases.set(name, (cases.get(name) ?? 0) + 1);
    if (one.wrong.length > 0)
      wrong.push(`seed ${seed} (${[...packet.cases].join(', ')}): ${one.wrong.slice(0, 4).join('; ')}`);
  }
  console.log(`\n${seeds} packets, ${scanned ? 'scanned' : 'printed'}`);
  console.log(`  pages with the right accounts  ${percent(sum(scores, 'rightPages'), sum(scores, 'pages'))}`);
  console.log(`  boundaries right               ${percent(sum(scores, 'rightBoundaries'), sum(scores, 'boundaries'))}`);
  console.log(`  shared pages cut right         ${percent(sum(scores, 'rightCuts'), sum(scores, 'cuts'))}`);
  console.log(`  packets without any mistake    ${percent(seeds - wrong.length, seeds)}`);
  if (!scanned) console.log(`  ${hardCases.map((name) => `${name} ${cases.get(name) ?? 0}`).join(' · ')}`);
  for (const text of wrong.slice(0, shown)) console.log(`  ${text}`);
}

const long = makePacket(1, { accounts: 40, pagesPerAccount: 12, cases: [] });
const pages = Array.from({ length: 5 }, () => long.pages)
  .flat()
  .slice(0, 2000)
  .map((page, pageNum) => ({ ...page, pageNum }));
const target = splitTarget(long.definition);
if (target) {
  const before = process.cpuUsage();
  splitPages(pages.map((page) => pageEvidence(page, target)));
  const { user, system } = process.cpuUsage(before);
  console.log(`\n${pages.length} pages take ${((user + system) / 1e6).toFixed(2)} s of CPU (target: under 2 s)`);
}
