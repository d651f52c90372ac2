'use client';

import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface Option {
  value: string;
  label: string;
  /** Before the label. */
  mark?: ReactNode;
}

interface Props {
  /** What is chosen, for screen readers, and the word shown while nothing is. */
  label: string;
  /** null: everything. */
  value: string | null;
  options: readonly Option[];
  onChange: (value: string | null) => void;
}

const everything = '';

/** A filter: its own name while it lets everything through, else what it lets through. */
export function FilterSelect({ label, value, options, onChange }: Props) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root value={value ?? everything} onValueChange={(next) => onChange(next === everything ? null : next)}>
      <Base.Trigger
        aria-label={label}
        className={cn(
          'inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm whitespace-nowrap select-none',
          'transition-colors duration-100 hover:bg-hover data-popup-open:bg-hover',
          chosen ? 'border-accent bg-accent-soft text-link' : 'border-edge text-muted',
        )}
      >
        {chosen?.mark}
        <span>{chosen?.label ?? label}</span>
        <Base.Icon>
          <ChevronDown className="size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" alignItemWithTrigger={false} className="z-50 outline-hidden">
          <Base.Popup className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-md border border-line bg-raised p-1 text-ink shadow-lg transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Item value={everything}>All</Item>
            {options.map((option) => (
              <Item key={option.value} value={option.value} mark={option.mark}>
                {option.label}
              </Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ value, mark, children }: { value: string; mark?: ReactNode; children: string }) {
  return (
    <Base.Item
      value={value}
      className="flex h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-hidden select-none data-highlighted:bg-pressed"
    >
      {mark}
      <Base.ItemText className="flex-1">{children}</Base.ItemText>
      <Base.ItemIndicator>
        <Check className="size-3.5 text-link" />
      </Base.ItemIndicator>
    </Base.Item>
  );
}
