import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    // The name of a key is the reader's machine's, which the server does not know.
    <kbd
      suppressHydrationWarning
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-surface px-1 font-sans text-xs text-muted',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
