import { ChevronDown, ChevronUp, CornerDownLeft, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#app/ui/button.tsx';
import { count } from '#app/ui/format.ts';
import { commandKey } from '#app/shell/command-key.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** How many were found, and which of them is shown, from 0. */
  found: number;
  at: number | null;
  /** All pages were searched. */
  isDone: boolean;
  onGo: (step: 1 | -1) => void;
  /** Takes what is shown for the focused field. */
  onUse: () => void;
  onClose: () => void;
}

/** Finds a text in the document; what is found can be used for the focused field. */
export function SearchBar({ text, onText, found, at, isDone, onGo, onUse, onClose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  const number = at === null ? count(found) : `${count(at + 1)} of ${count(found)}`;
  return (
    <search className="flex items-center gap-0.5">
      <input
        ref={input}
        aria-label="Search in the document"
        placeholder="Search"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) onUse();
          else if (event.key === 'Enter') onGo(event.shiftKey ? -1 : 1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-7 w-40 rounded-sm bg-transparent px-2 text-sm outline-offset-0 max-sm:w-28"
      />
      <span role="status" className="min-w-14 px-1 text-right text-xs whitespace-nowrap text-muted tabular-nums">
        {text.trim() === '' ? '' : `${number}${isDone ? '' : ' …'}`}
      </span>
      <Tooltip side="top" label="Previous" keys="⇧↵">
        <Button
          kind="quiet"
          size="smallIcon"
          aria-label="Previous match"
          disabled={found === 0}
          onClick={() => onGo(-1)}
        >
          <ChevronUp />
        </Button>
      </Tooltip>
      <Tooltip side="top" label="Next" keys="↵">
        <Button kind="quiet" size="smallIcon" aria-label="Next match" disabled={found === 0} onClick={() => onGo(1)}>
          <ChevronDown />
        </Button>
      </Tooltip>
      <Tooltip side="top" label="Use for the focused field" keys={`${commandKey}↵`}>
        <Button
          kind="quiet"
          size="smallIcon"
          aria-label="Use this match for the focused field"
          disabled={at === null}
          onClick={onUse}
        >
          <CornerDownLeft />
        </Button>
      </Tooltip>
      <Tooltip side="top" label="Close" keys="Esc">
        <Button kind="quiet" size="smallIcon" aria-label="Close the search" onClick={onClose}>
          <X />
        </Button>
      </Tooltip>
    </search>
  );
}
