import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import { toneText } from '#app/ui/tone.ts';
import type { Look } from '../labels/sessions.ts';

interface Props {
  look: Look;
  progress?: number;
  className?: string;
  /** Where the word stands elsewhere on a narrow screen. */
  isShapeOnPhone?: boolean;
}

/** A state: its shape and its word. */
export function Status({ look, progress = 0, className, isShapeOnPhone = false }: Props) {
  return (
    <span className={cn('flex items-center gap-2 whitespace-nowrap', toneText[look.tone], className)}>
      <Mark tone={look.tone} shape={look.shape} progress={progress} />
      <span className={cn(isShapeOnPhone && 'max-md:sr-only')}>{look.label}</span>
    </span>
  );
}
