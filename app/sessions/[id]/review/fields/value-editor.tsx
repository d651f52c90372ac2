'use client';

import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import { valueText } from './value-labels.ts';
import type { LiveCheck } from './live-check.ts';

interface Props {
  field: ValueView;
  account: AccountView;
  definition: Readonly<Record<string, unknown>>;
  /** What stands in it at first; the value's own text when null. */
  start: string | null;
  /** The text, and where to go on: to the next value, back, or nowhere. */
  onSave: (text: string, then: 'next' | 'back' | 'stay') => void;
  onCancel: () => void;
  /** So that the page can light up what is typed. */
  onType: (text: string | null) => void;
  className?: string;
  /** In a cell of a grid there is no place for words below. */
  isBare?: boolean;
}

/** The text of a value while it is typed, with what would come of it. */
export function ValueEditor({ field, account, definition, start, onSave, onCancel, onType, className, isBare }: Props) {
  const [text, setText] = useState(start ?? valueText(field));
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const live = useLiveCheck(definition, account, field.id, text);
  useEffect(() => {
    input.current?.focus();
    if (start === null) input.current?.select();
  }, [start]);
  useEffect(() => () => onType(null), [onType]);
  const end = (then: 'next' | 'back' | 'stay' | null) => {
    if (isDone.current) return;
    isDone.current = true;
    if (then === null) onCancel();
    else onSave(text, then);
  };
  // What is not of its type says so; that rules cannot be checked with it says nothing more.
  const brokenRules = live && live.problem === null ? live.broken : [];
  const isKept = live && live.problem === null && brokenRules.length === 0;
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <input
        ref={input}
        value={text}
        aria-label={`${field.label}: new value`}
        aria-invalid={live?.problem ? true : undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          onType(event.target.value);
        }}
        onBlur={() => end(text === (start ?? valueText(field)) ? null : 'stay')}
        onKeyDown={(event) => {
          if (event.key === 'Enter') end('next');
          else if (event.key === 'Tab') end(event.shiftKey ? 'back' : 'next');
          else if (event.key === 'Escape') end(null);
          else return event.stopPropagation();
          event.preventDefault();
          event.stopPropagation();
        }}
        className={cn(
          'h-8 w-full min-w-0 rounded-sm border border-accent bg-canvas px-2 text-sm tabular-nums outline-none',
          live?.problem && 'border-red',
          isBare && 'h-7 px-1',
        )}
      />
      {isBare || !live ? null : (
        <ul aria-live="polite" className="min-h-4 text-xs">
          {isKept ? (
            <li className="text-muted">
              {typeof live.value === 'string' && live.value !== text ? `Kept as ${live.value}` : ''}
            </li>
          ) : null}
          {live.problem ? <Trouble tone="red" text={live.problem} /> : null}
          {brokenRules.slice(0, 3).map(({ rule, message, severity }) => (
            <Trouble key={rule} tone={severity === 'error' ? 'red' : 'orange'} text={message || rule} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Trouble({ tone, text }: { tone: 'red' | 'orange'; text: string }) {
  return (
    <li className={cn('flex items-center gap-1.5', tone === 'red' ? 'text-red' : 'text-orange')}>
      <Mark tone={tone} shape={tone === 'red' ? 'cross' : 'warning'} className="size-3" />
      {text}
    </li>
  );
}

/** null until the rules are loaded. */
function useLiveCheck(
  definition: Props['definition'],
  account: AccountView,
  id: string,
  text: string,
): LiveCheck | null {
  const latest = useDeferredValue(text);
  const [live, setLive] = useState<LiveCheck | null>(null);
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const { checkDraft } = await import('./live-check.ts');
      if (!isGone) setLive(checkDraft(definition, account, id, latest));
    };
    void look();
    return () => {
      isGone = true;
    };
  }, [definition, account, id, latest]);
  return live;
}
