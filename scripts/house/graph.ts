/** What each node leads to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

export function graphOf(edges: Iterable<readonly [string, string]>): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (!graph.has(to)) graph.set(to, new Set());
    const reached = graph.get(from);
    if (reached) reached.add(to);
    else graph.set(from, new Set([to]));
  }
  return graph;
}

/** Groups of nodes that lead to each other (Tarjan's algorithm), and nodes that lead to themselves. */
export function cyclesOf(graph: Graph): string[][] {
  const cycles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (node: string): number => {
    let low = order.size;
    order.set(node, low);
    const own = low;
    open.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (!lowest.has(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low < own) return low;
    const group = open.splice(open.indexOf(node));
    for (const one of group) lowest.set(one, low);
    if (group.length > 1 || graph.get(node)?.has(node)) cycles.push(group.toSorted());
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return cycles;
}

/** Pairs of nodes that lead to each other directly. */
export function pairsOf(graph: Graph): [string, string][] {
  return [...graph].flatMap(([from, reached]) =>
    [...reached].filter((to) => from < to && graph.get(to)?.has(from)).map((to): [string, string] => [from, to]),
  );
}
