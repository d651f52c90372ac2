import type { AccountView } from '#lib/core/contract/results.ts';
import { Mark } from '#app/ui/mark.tsx';
import { cn } from '#app/ui/cn.ts';

/** Failing rules for the account, each once; a click goes to the first value involved. */
export function RuleProblems({ account, onGo }: { account: AccountView; onGo: (id: string) => void }) {
  const broken = new Map<string, { message: string; isError: boolean; id: string }>();
  for (const field of account.fields) {
    for (const { rule, ok, message, severity } of field.checks) {
      const key = `${rule}/${message}`;
      if (!ok && !broken.has(key))
        broken.set(key, { message: message || rule, isError: severity === 'error', id: field.id });
    }
  }
  if (broken.size === 0) return null;
  return (
    <ul aria-label="Failing rules" className="border-b py-1">
      {[...broken].map(([key, { message, isError, id }]) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => onGo(id)}
            className={cn(
              'flex w-full items-start gap-2 px-3 py-1 text-left text-sm hover:bg-hover',
              isError ? 'text-red' : 'text-orange',
            )}
          >
            <Mark tone={isError ? 'red' : 'orange'} shape={isError ? 'cross' : 'warning'} className="mt-0.5" />
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
