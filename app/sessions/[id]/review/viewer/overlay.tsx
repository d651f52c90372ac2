import { Check, PencilLine, TriangleAlert, X } from 'lucide-react';
import { memo } from 'react';
import { cn } from '#app/ui/cn.ts';
import type { Box } from '#lib/core/pages/page.ts';
import type { Mark, MarkTone } from '../state/marks.ts';
import { type Rotation, turnBox } from './geometry.ts';
import { type ShownWords, shownBoxes } from './hit-test.ts';

const looks: Record<MarkTone, { soft: string; strong: string; word: string; glyph: typeof Check | null }> = {
  plain: {
    soft: 'border-link/45 bg-link/5 hover:bg-link/15',
    strong: 'border-link bg-link/15 text-link',
    word: '',
    glyph: null,
  },
  attention: {
    soft: 'border-dashed border-orange/80 bg-orange/8 hover:bg-orange/18',
    strong: 'border-orange bg-orange/18 text-orange',
    word: 'needs attention',
    glyph: TriangleAlert,
  },
  error: {
    soft: 'border-double border-red bg-red/8 hover:bg-red/18',
    strong: 'border-red bg-red/18 text-red',
    word: 'has an error',
    glyph: X,
  },
  edited: {
    soft: 'border-dotted border-link/80 bg-link/5 hover:bg-link/15',
    strong: 'border-link bg-link/15 text-link',
    word: 'edited',
    glyph: PencilLine,
  },
  confirmed: {
    soft: 'border-green/60 bg-green/5 hover:bg-green/15',
    strong: 'border-green bg-green/15 text-green',
    word: 'confirmed',
    glyph: Check,
  },
};

const glyphFill: Record<MarkTone, string> = {
  plain: '',
  attention: 'bg-orange',
  error: 'bg-red',
  edited: 'bg-link',
  confirmed: 'bg-green',
};

interface Props {
  marks: readonly Mark[];
  focusedId: string | null;
  shown: ShownWords;
  rotation: Rotation;
  onFocus: (id: string) => void;
}

/** The places of values on a page. One of them is reached by Tab; all are by the fields. */
export const Marks = memo(function Marks({ marks, focusedId, shown, rotation, onFocus }: Props) {
  const hasFocused = marks.some(({ id }) => id === focusedId);
  return marks.map((mark, index) => (
    <MarkBoxes
      key={mark.id}
      mark={mark}
      isFocused={mark.id === focusedId}
      isReachable={hasFocused ? mark.id === focusedId : index === 0}
      boxes={shownBoxes(shown, mark.boxes).map((box) => turnBox(box, rotation))}
      onFocus={onFocus}
    />
  ));
});

interface BoxesProps {
  mark: Mark;
  isFocused: boolean;
  isReachable: boolean;
  boxes: readonly Box[];
  onFocus: (id: string) => void;
}

/** One box per line; only the first is named, for those who listen. */
function MarkBoxes({ mark, isFocused, isReachable, boxes, onFocus }: BoxesProps) {
  const { soft, strong, word, glyph: Glyph } = looks[mark.tone];
  return boxes.map((box, line) => (
    <button
      key={keyOf(box)}
      type="button"
      aria-label={line === 0 ? [mark.label, word].filter(Boolean).join(', ') : undefined}
      aria-hidden={line > 0 ? true : undefined}
      aria-pressed={line === 0 ? isFocused : undefined}
      tabIndex={line === 0 && isReachable ? 0 : -1}
      title={mark.label}
      {...(line === 0 ? { 'data-mark': mark.id } : {})}
      {...(isFocused ? { 'data-focused': true } : {})}
      onClick={(event) => {
        event.stopPropagation();
        onFocus(mark.id);
      }}
      className={cn(
        'absolute -m-[2px] rounded-[3px] border-[1.5px] p-[2px]',
        isFocused
          ? cn('z-10 border-2 shadow-[0_0_0_4px_color-mix(in_oklab,currentColor_22%,transparent)]', strong)
          : soft,
      )}
      style={placed(box, 4)}
    >
      {Glyph && line === 0 ? (
        <span
          aria-hidden
          className={cn(
            'absolute -top-2.5 -right-2.5 grid size-3 place-items-center rounded-full text-canvas',
            glyphFill[mark.tone],
          )}
        >
          <Glyph className="size-2" strokeWidth={3} />
        </span>
      ) : null}
    </button>
  ));
}

/** Places where a text was found. */
export const Matches = memo(function Matches({
  boxes,
  tone,
}: {
  boxes: readonly Box[];
  tone: 'found' | 'current' | 'typed';
}) {
  const look = {
    found: 'bg-amber-mark/35',
    current: 'bg-amber-mark/55 outline-2 outline-amber',
    typed: 'bg-blue/20 outline-1 outline-blue',
  }[tone];
  const apart = new Map(boxes.map((box) => [keyOf(box), box]));
  return [...apart].map(([key, box]) => (
    <span
      key={key}
      aria-hidden
      data-match={tone}
      className={cn('pointer-events-none absolute rounded-[2px] mix-blend-multiply dark:mix-blend-normal', look)}
      style={placed(box)}
    />
  ));
});

const keyOf = ({ x, y, width, height }: Box) => `${x}/${y}/${width}/${height}`;

/** Where a box of fractions stands; `grow` widens it by so many pixels. */
export function placed({ x, y, width, height }: Box, grow = 0) {
  const percent = (fraction: number) => `${(fraction * 100).toFixed(4)}%`;
  return {
    left: percent(x),
    top: percent(y),
    width: grow ? `calc(${percent(width)} + ${grow}px)` : percent(width),
    height: grow ? `calc(${percent(height)} + ${grow}px)` : percent(height),
  };
}
