import { globSync, readFileSync } from 'node:fs';
import { automatonOf } from './automaton.ts';
import { type Exception, exceptions } from './exceptions.ts';
import { AutomatonError } from './fragments.ts';
import { findRegexes, type FoundRegex } from './find.ts';
import { slownessOf } from './ways.ts';

/** What the product runs: texts of strangers meet these regular expressions. */
const sources = ['app', 'lib', 'worker', 'scripts', 'eval'].map((folder) => `${folder}/**/*.{ts,tsx}`);

/** What is wrong with the regular expressions under a folder, one line each, and how many there are. */
export function checkRegexes(root: string): { problems: string[]; count: number } {
  const files = globSync(sources, { cwd: root }).toSorted();
  const found = files.flatMap((file) =>
    findRegexes(file, readFileSync(`${root}/${file}`, 'utf8')).map((regex) => ({ file, ...regex })),
  );
  const isListed = (one: { file: string; source: string }) => exceptions.some((exception) => isSame(exception, one));
  const slow = found.flatMap(({ file, ...regex }) => {
    const problem = problemOf(regex);
    return problem && !isListed({ file, ...regex }) ? [`${file}:${regex.line} ${regex.source} ${problem}`] : [];
  });
  const idle = exceptions
    .filter((exception) => !found.some((regex) => isSame(exception, regex) && problemOf(regex)))
    .map(({ file, source }) => `${file} ${source} is listed as an exception, and needs none`);
  return { problems: [...slow, ...idle], count: found.length };
}

/** Why a regular expression may take more than linear time; null when it cannot. */
export function problemOf({ regex }: Pick<FoundRegex, 'regex'>): string | null {
  if (!regex) return 'is put together as the program runs, so that no one knows how slow it is';
  try {
    const slow = slownessOf(automatonOf(regex));
    return slow && `takes ${slow.growth} time on a text such as ${JSON.stringify(slow.repeat)} repeated`;
  } catch (error) {
    if (error instanceof AutomatonError) return `cannot be checked: ${error.message}`;
    throw error;
  }
}

function isSame(exception: Exception, { file, source }: { file: string; source: string }): boolean {
  return exception.file === file && exception.source === source;
}
