import { cn } from './cn.ts';
import { type Tone, toneText } from './tone.ts';

export type Shape = 'pie' | 'dot' | 'half' | 'check' | 'cross' | 'slash' | 'pause' | 'dashed' | 'warning';

interface Props {
  tone: Tone;
  shape: Shape;
  /** 0–100, for `pie`. */
  progress?: number;
  className?: string;
}

/** The shape of a state, beside its word. */
export function Mark({ tone, shape, progress = 0, className }: Props) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden className={cn('size-3.5 shrink-0', markTone(tone), className)}>
      {shapeOf(shape, progress)}
    </svg>
  );
}

function markTone(tone: Tone): string {
  return tone === 'amber' ? 'text-amber-mark' : toneText[tone];
}

const ring = { cx: 7, cy: 7, r: 5.75, fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
const stroke = { fill: 'none', strokeWidth: 1.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const onDisc = { ...stroke, stroke: 'var(--color-canvas)' } as const;

function shapeOf(shape: Shape, progress: number) {
  if (shape === 'dot') return <circle cx={7} cy={7} r={4} fill="currentColor" />;
  if (shape === 'dashed') return <circle {...ring} strokeDasharray="2.2 2.3" />;
  if (shape === 'pie') return <Pie progress={progress} />;
  if (shape === 'warning') {
    return (
      <>
        <path d="M7 1.2 13.2 12.4H.8Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
        <path d="M7 5.2v3.2M7 10.4v.05" {...onDisc} />
      </>
    );
  }
  if (shape === 'half' || shape === 'slash') {
    return (
      <>
        <circle {...ring} />
        {shape === 'half' ? <path d="M7 3a4 4 0 0 1 0 8Z" fill="currentColor" /> : null}
        {shape === 'slash' ? <path d="M3.2 10.8 10.8 3.2" {...stroke} stroke="currentColor" /> : null}
      </>
    );
  }
  const lines = { check: 'M4.2 7.3 6.2 9.2 9.8 5', cross: 'M5 5l4 4M9 5 5 9', pause: 'M5.5 5v4M8.5 5v4' };
  return (
    <>
      <circle cx={7} cy={7} r={6.5} fill="currentColor" />
      <path d={lines[shape]} {...onDisc} />
    </>
  );
}

function Pie({ progress }: { progress: number }) {
  const round = 2 * Math.PI * 1.75;
  return (
    <>
      <circle {...ring} />
      <circle
        cx={7}
        cy={7}
        r={1.75}
        fill="none"
        stroke="currentColor"
        strokeWidth={3.5}
        strokeDasharray={`${(round * Math.max(4, progress)) / 100} ${round}`}
        transform="rotate(-90 7 7)"
      />
    </>
  );
}
