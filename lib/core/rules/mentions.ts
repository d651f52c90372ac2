import type { ASTNode } from '@marcbachmann/cel-js';
import type { Field, ObjectField } from '#lib/core/fields/field.ts';
import { pathText } from '#lib/core/fields/path.ts';

/** What a rule's expression speaks of. */
export interface Mentions {
  /** Fields by their names from the top, without rows: `['Buyer', 'Name']`, `['Payments', 'Amount']` for a column of `sum`. */
  fields: string[][];
  /** It asks itself whether a value is there (`null`, `has`), so a missing value is its business. */
  asksForMissing: boolean;
}

/** Functions of CEL that walk a list, with a variable for its row as their first argument. */
export const walks = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Finds the fields in an expression. What is no field, such as a row's variable, is passed over. */
export function mentionsOf(ast: ASTNode, root: ObjectField): Mentions {
  const mentions: Mentions = { fields: [], asksForMissing: false };
  const add = (path: string[]) => {
    const known = knownPart(path, root);
    const isNew = !mentions.fields.some((other) => pathText(other) === pathText(known));
    if (known.length > 0 && isNew) mentions.fields.push(known);
  };
  const walk = (node: ASTNode, rows: readonly string[]): void => {
    if (node.op === 'value' && node.args === null) mentions.asksForMissing = true;
    if (node.op === 'call' && node.args[0] === 'has') mentions.asksForMissing = true;
    const path = pathOf(node);
    const isRow = path?.[0] !== undefined && rows.includes(path[0]);
    if (path && !isRow) add(path[0] === 'record' ? path.slice(1) : path);
    const column = sumOf(node);
    if (column) add(column);
    if (path || column) return;
    const own =
      node.op === 'rcall' && walks.has(node.args[0]) && node.args[2][0]?.op === 'id' ? [node.args[2][0].args] : [];
    for (const part of partsOf(node.args)) walk(part, [...rows, ...own]);
  };
  walk(ast, []);
  return mentions;
}

/** `sum(Payments, 'Amount')` as `['Payments', 'Amount']`; null when it is something else. */
export function sumOf(node: ASTNode): string[] | null {
  if (node.op !== 'call' || node.args[0] !== 'sum') return null;
  const [list, column] = node.args[1];
  const path = list && pathOf(list);
  if (!path || column?.op !== 'value' || typeof column.args !== 'string') return null;
  return [...(path[0] === 'record' ? path.slice(1) : path), column.args];
}

/** Every node of an expression. */
export function nodesOf(node: ASTNode): ASTNode[] {
  return [node, ...partsOf(node.args).flatMap(nodesOf)];
}

/** `Buyer.Name` and `record['Buyer'].Name` as names; null when it is no plain chain of names. */
function pathOf(node: ASTNode): string[] | null {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const parent = pathOf(node.args[0]);
    return parent && [...parent, node.args[1]];
  }
  if (node.op !== '[]') return null;
  const parent = pathOf(node.args[0]);
  const key = node.args[1];
  return parent && key.op === 'value' && typeof key.args === 'string' ? [...parent, key.args] : null;
}

export function partsOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(partsOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** As much of a path as the schema has. */
function knownPart(path: readonly string[], root: ObjectField): string[] {
  const known: string[] = [];
  let at: Field = root;
  for (const name of path) {
    const inside: Field = at.kind === 'list' ? at.item : at;
    const next: Field | undefined =
      inside.kind === 'object' ? inside.fields.find((field) => field.name === name) : undefined;
    if (!next) break;
    known.push(name);
    at = next;
  }
  return known;
}
