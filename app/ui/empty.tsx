import type { ReactNode } from 'react';

/** An empty place says in a sentence why it is empty and offers the next action. */
export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-20 text-center">
      <div className="text-ink-faint [&_svg]:size-7">{icon}</div>
      <p className="max-w-sm text-ink-soft">{title}</p>
      {children}
    </div>
  );
}
