import { cva, type VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const look = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      kind: {
        primary: 'bg-accent text-white hover:bg-accent-hover',
        secondary: 'border border-edge bg-canvas text-ink hover:bg-hover active:bg-pressed',
        quiet: 'text-muted hover:bg-hover hover:text-ink active:bg-pressed',
        danger: 'border border-edge bg-canvas text-red hover:border-red hover:bg-red-soft',
      },
      size: {
        small: 'h-7 px-2.5 text-sm',
        medium: 'h-8 px-3 text-sm',
        large: 'h-10 px-4 text-base',
        icon: 'size-8',
        smallIcon: 'size-7',
      },
    },
    defaultVariants: { kind: 'secondary', size: 'medium' },
  },
);

type Look = VariantProps<typeof look>;

export function Button({ kind, size, className, type = 'button', ...props }: ComponentProps<'button'> & Look) {
  return <button type={type} className={cn(look({ kind, size }), className)} {...props} />;
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonLink({ kind, size, className, ...props }: ComponentProps<typeof Link> & Look) {
  return <Link className={cn(look({ kind, size }), className)} {...props} />;
}
