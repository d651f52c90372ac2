import type { AccountView } from '#lib/core/contract/results.ts';
import { ChevronRight } from 'lucide-react';
import { sureBoundary } from '#lib/core/splitting/types.ts';

/** Why an account begins where it does; said at once where that is not certain. */
export function Boundaries({ boundaries }: Pick<AccountView, 'boundaries'>) {
  return boundaries.map(({ page_num, reasons, certainty }) => {
    const isSure = certainty >= sureBoundary;
    return (
      <details key={page_num} className="group border-b px-3 py-1.5 text-sm">
        <summary className="flex cursor-pointer list-none items-center gap-1.5 rounded-sm text-muted">
          <ChevronRight className="size-3.5 transition-transform duration-100 group-open:rotate-90" aria-hidden />
          Begins on page {page_num + 1}
          {isSure ? null : <span className="text-orange">uncertain: check where it begins</span>}
        </summary>
        <ul className="mt-1 space-y-0.5 pl-5 text-muted">
          {reasons.for.map((reason) => (
            <li key={reason}>+ {reason}</li>
          ))}
          {reasons.against.map((reason) => (
            <li key={reason}>− {reason}</li>
          ))}
        </ul>
      </details>
    );
  });
}
