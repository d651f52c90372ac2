import { Badge } from '#app/ui/badge.tsx';
import type { Rule } from '#lib/core/rules/rule.ts';

export function Rules({ rules }: { rules: readonly Rule[] }) {
  return (
    <ul className="divide-y rounded-md border text-sm">
      {rules.map((rule) => (
        <li
          key={rule.name}
          className="grid min-h-10 items-center gap-x-4 gap-y-0.5 px-3 py-1.5 md:grid-cols-[14rem_9rem_minmax(0,1fr)]"
        >
          <span className="font-medium">{rule.name}</span>
          <span>
            <Badge tone={rule.severity === 'error' ? 'red' : 'orange'}>
              {rule.severity === 'error' ? 'Error' : 'Warning'}
            </Badge>
          </span>
          <span className="min-w-0">
            <code className="font-mono text-xs break-words">{expressionOf(rule)}</code>
            {'message' in rule && rule.message ? (
              <span className="block text-xs text-muted">{rule.message}</span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function expressionOf(rule: Rule): string {
  if ('check' in rule) return rule.check;
  const { rows, open, add, subtract, balance } = rule.chain;
  const steps = [...add.map((name) => ` + ${name}`), ...subtract.map((name) => ` − ${name}`)].join('');
  return `${open}${steps} = ${balance}, row by row of ${rows}`;
}
