import { cn } from './cn.ts';

interface Props {
  /** 0–100. */
  value: number;
  /** What is progressing, for screen readers. */
  label: string;
  className?: string;
}

export function Progress({ value, label, className }: Props) {
  const shown = Math.max(0, Math.min(100, Math.round(value)));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={shown}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cn('h-1.5 overflow-hidden rounded-full bg-pressed', className)}
    >
      <div
        className="h-full origin-left rounded-full bg-blue transition-transform duration-150 ease-out"
        style={{ transform: `scaleX(${shown / 100})` }}
      />
    </div>
  );
}
