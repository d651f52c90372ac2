import type { Path, Scalar } from '../fields/path.ts';
import type { Value } from '../values/value.ts';

/** A page of the same layout that people verified: as it looks, and the answer that would have been right. */
export interface PromptExample {
  layout: string;
  answer: string;
}

type Verified = Pick<Value, 'path' | 'value' | 'raw' | 'evidence'>;
type Node = { [name: string]: Node | Node[] } | { quote: string; value: Scalar };

/** The answer for one page of a verified record, as a model is to give it: what stands on other pages is left out. */
export function exampleAnswer(values: readonly Verified[], pageNum: number): string {
  const root: Record<string, unknown> = {};
  const rows = new Map<string, number>();
  for (const { path, value, raw, evidence } of values) {
    if (value === null || evidence?.pageNum !== pageNum) continue;
    put(root, pageRows(path, rows), { quote: evidence.quote || (raw ?? String(value)), value });
  }
  return JSON.stringify(root);
}

/** The path with its rows counted from the page's first. */
function pageRows(path: Path, rows: Map<string, number>): Path {
  return path.map((step, at) => {
    if (typeof step !== 'number') return step;
    const list = JSON.stringify(path.slice(0, at));
    const row = `${list} ${step}`;
    const known = rows.get(row);
    if (known !== undefined) return known;
    const next = rows.get(list) ?? 0;
    rows.set(list, next + 1);
    rows.set(row, next);
    return next;
  });
}

function put(root: Record<string, unknown>, path: Path, leaf: Extract<Node, { quote: string }>): void {
  let node: Record<string | number, unknown> = root;
  for (const [at, step] of path.entries()) {
    const next = path[at + 1];
    if (next === undefined) node[step] = leaf;
    else node = (node[step] ??= typeof next === 'number' ? [] : {}) as Record<string | number, unknown>;
  }
}
