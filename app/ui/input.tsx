import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-9 w-full min-w-0 rounded-md border border-edge bg-canvas px-3 text-base text-ink transition-colors duration-100',
        'hover:border-faint focus-visible:outline-offset-0 aria-invalid:border-red',
        className,
      )}
      {...props}
    />
  );
}
