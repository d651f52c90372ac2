import { importProblem, roomOf } from './fence.ts';
import { cyclesOf, graphOf, pairsOf } from './graph.ts';
import type { SourceFile } from './source.ts';

/** The shape of the code, types included. */
export interface House {
  files: number;
  rooms: number;
  /** Groups of files that import each other. */
  cycles: string[][];
  /** Rooms that import each other. */
  pairs: [string, string][];
  /** Imports that the table of rooms does not allow, each with its place and reason. */
  violations: string[];
  /** Lines of the files and of their functions. */
  fileLines: Sizes;
  functionLines: Sizes;
  /** The folder with the most files of its own. */
  fullestFolder: { path: string; files: number };
}

export interface Sizes {
  median: number;
  p90: number;
  max: number;
}

/** Measures the code that lives in rooms; tests and benches are its guests. */
export function measureHouse(sources: readonly SourceFile[]): House {
  const product = sources.filter(({ path }) => roomOf(path));
  const edges = product.flatMap(({ path, imports }) =>
    imports.flatMap(({ file }): [string, string][] => (file ? [[path, file]] : [])),
  );
  const folders = Object.entries(Object.groupBy(product, ({ path }) => path.slice(0, path.lastIndexOf('/'))));
  const [fullest] = folders.toSorted(([, a = []], [, b = []]) => b.length - a.length);
  return {
    files: product.length,
    rooms: new Set(product.map(({ path }) => roomOf(path))).size,
    cycles: cyclesOf(graphOf(edges)),
    pairs: pairsOf(graphOf(betweenRooms(edges))),
    violations: product.flatMap(violationsOf),
    fileLines: sizesOf(product.map(({ lines }) => lines)),
    functionLines: sizesOf(product.flatMap(({ functions }) => functions)),
    fullestFolder: { path: fullest?.[0] ?? '', files: fullest?.[1]?.length ?? 0 },
  };
}

function betweenRooms(edges: readonly [string, string][]): [string, string][] {
  return edges.flatMap(([from, to]): [string, string][] => {
    const [a, b] = [roomOf(from)?.path, roomOf(to)?.path];
    return a && b && a !== b ? [[a, b]] : [];
  });
}

function violationsOf({ path, imports }: SourceFile): string[] {
  return imports.flatMap(({ specifier, line }) => {
    const problem = importProblem(path, specifier);
    return problem ? [`${path}:${line} ${problem}`] : [];
  });
}

function sizesOf(lines: readonly number[]): Sizes {
  const sorted = lines.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}
