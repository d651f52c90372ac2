import { documentTransitions, sessionTransitions } from '#lib/core/lifecycle.ts';

interface Rule {
  from: readonly string[];
  to: string | null;
  event?: string;
  when: string;
}

const start = '[*]';

/** docs/lifecycle.md with its tables and diagrams made again from `lib/core/lifecycle.ts`; the prose stays. */
export function withLifecycle(doc: string): string {
  const session = [diagram(sessionTransitions), '', table(sessionTransitions, 'event')];
  const document = [table(documentTransitions)];
  return replaced(replaced(doc, 'session', session), 'document', document);
}

function replaced(doc: string, name: string, lines: readonly string[]): string {
  const [open, close] = [`<!-- ${name} transitions: npm run lifecycle-doc -->`, `<!-- end of ${name} transitions -->`];
  const [from, to] = [doc.indexOf(open), doc.indexOf(close)];
  if (from === -1 || to === -1) throw new Error(`docs/lifecycle.md lacks the place for ${name} transitions`);
  return [doc.slice(0, from + open.length), '', ...lines, '', doc.slice(to)].join('\n');
}

function diagram(rules: Record<string, Rule>): string {
  const arrows = new Map<string, string[]>();
  for (const [name, { from, to }] of Object.entries(rules)) {
    for (const state of from.length > 0 ? from : [start]) {
      if (state === to) continue;
      const arrow = `${state} --> ${to}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), name]);
    }
  }
  const lines = [...arrows].map(([arrow, names]) => `    ${arrow}: ${names.join(', ')}`);
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

function table(rules: Record<string, Rule>, last?: 'event'): string {
  const rows = Object.entries(rules).map(([name, { from, to, event, when }]) => {
    const states = from.length > 0 ? from.map((state) => `\`${state}\``).join(', ') : 'new';
    const target = to === null ? 'unchanged' : to === 'stage' ? 'its stage' : `\`${to}\``;
    return [`\`${name}\``, states, target, when, ...(last ? [`\`${event}\``] : [])];
  });
  const heads = ['transition', 'from', 'to', 'when', ...(last ? [last] : [])];
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? '')].map((c) => c.length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
