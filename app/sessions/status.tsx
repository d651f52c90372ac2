import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import { toneText } from '#app/ui/tone.ts';
import type { Look } from './words.ts';

/** A state: its shape and its word. */
export function Status({ look, progress, className }: { look: Look; progress?: number; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 whitespace-nowrap', toneText[look.tone], className)}>
      <Mark tone={look.tone} shape={look.shape} progress={progress} />
      {look.label}
    </span>
  );
}
