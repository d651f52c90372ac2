import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Mark } from './mark.tsx';
import type { Tone } from './tone.ts';

const edges = {
  red: 'border-red/40 bg-red-soft',
  orange: 'border-orange/40 bg-orange-soft',
  blue: 'border-blue/40 bg-blue-soft',
};
const shapes = { red: 'cross', orange: 'warning', blue: 'pause' } as const;

interface Props {
  tone: Extract<Tone, 'red' | 'orange' | 'blue'>;
  title: ReactNode;
  children?: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
  className?: string;
}

/** What happened, why, and what to do. */
export function Notice({ tone, title, children, action, className }: Props) {
  return (
    <div
      role={tone === 'red' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2.5 rounded-md border px-3 py-2.5', edges[tone], className)}
    >
      <Mark tone={tone} shape={shapes[tone]} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children ? <div className="mt-0.5 text-sm text-muted">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
