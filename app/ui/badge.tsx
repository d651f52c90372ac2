import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { type Tone, toneFill } from './tone.ts';

/** A short word in the colour of its state. */
export function Badge({ tone, className, children }: { tone: Tone; className?: string; children: ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        toneFill[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
