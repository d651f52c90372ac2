import { cn } from './cn.ts';

/** Stands where something will be, in its final size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-pressed', className)} />;
}
