import type { ReactNode } from 'react';

/** One sentence and the next action. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-20 text-center">
      <div>
        <h2 className="text-lg font-medium">{title}</h2>
        {children ? <p className="mt-1 max-w-md text-muted">{children}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap items-center justify-center gap-2">{action}</div> : null}
    </div>
  );
}
