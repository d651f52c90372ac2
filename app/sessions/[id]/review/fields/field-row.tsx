'use client';

import type { ValueView } from '#lib/core/contract/results.ts';
import { useEffect, useRef } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Mark, type Shape } from '#app/ui/mark.tsx';
import type { Tone } from '#app/ui/tone.ts';
import { isDecided } from '#lib/core/values/value.ts';
import { stateLooks, valueText } from './value-labels.ts';
import type { Reviewing } from '../state/review.ts';
import type { Stop } from '../state/use-focus.ts';
import { FieldReasons } from './field-reasons.tsx';
import { ProposalBar } from './proposal-bar.tsx';
import { ValueActions } from './value-actions.tsx';
import { ValueEditor } from './value-editor.tsx';

interface Props {
  stop: Stop;
  label: string;
  isFocused: boolean;
  reviewing: Reviewing;
}

/** One value: its label, the value, its state as a mark and, when it is focused, all that speaks for and against it. */
export function FieldRow({ stop: { field, reason }, label, isFocused, reviewing }: Props) {
  const { stops, editing, account, definition, isReadOnly } = reviewing;
  const row = useRef<HTMLDivElement>(null);
  const isEditing = isFocused && editing !== null;
  useEffect(() => {
    if (isFocused && !isEditing) row.current?.focus({ preventScroll: false });
  }, [isFocused, isEditing]);
  const look = lookOf(field, reason);
  return (
    // A value is where a person stands, with keys of its own: the panel around it listens to them.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={row}
      role="group"
      aria-current={isFocused ? true : undefined}
      aria-label={`${label}: ${field.value === null ? stateLooks[field.state].label : valueText(field)}${reason ? `, ${reason}` : ''}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={isFocused ? 0 : -1}
      data-field={field.id}
      onFocus={() => isFocused || stops.focus(field.id)}
      onDoubleClick={() => reviewing.startEditing(null)}
      className={cn(
        'border-l-2 border-transparent px-3 py-1.5 outline-none',
        isFocused ? 'border-l-accent bg-accent-soft/50' : 'hover:bg-hover',
      )}
    >
      <div className="grid min-h-7 grid-cols-[9rem_minmax(0,1fr)_auto] items-center gap-x-3">
        <span className="truncate text-sm text-muted" title={label}>
          {label}
        </span>
        {isEditing ? (
          <ValueEditor
            field={field}
            account={account}
            definition={definition}
            start={editing.start}
            onSave={reviewing.saveEditing}
            onCancel={reviewing.stopEditing}
            onType={reviewing.setTyped}
          />
        ) : (
          <span
            className={cn(
              'min-w-0 text-sm break-words tabular-nums',
              field.value === null && 'text-faint',
              !isFocused && 'truncate',
            )}
          >
            {field.value === null ? stateLooks[field.state].label : valueText(field)}
          </span>
        )}
        <span title={look.title}>
          <Mark tone={look.tone} shape={look.shape} />
          <span className="sr-only">{look.title}</span>
        </span>
      </div>
      {reason && !isEditing ? (
        <p className={cn('pl-39 text-xs', field.checks.some(isError) ? 'text-red' : 'text-orange')}>{reason}</p>
      ) : null}
      {isFocused && !isEditing ? (
        <div className="mt-1 pl-39">
          <ProposalBar reviewing={reviewing} />
          <ValueActions field={field} verbs={reviewing.verbs} isReadOnly={isReadOnly} />
          <FieldReasons field={field} onUse={isReadOnly ? null : reviewing.use} />
        </div>
      ) : null}
    </div>
  );
}

const isError = (check: ValueView['checks'][number]) => !check.ok && check.severity === 'error';

/** The state of a value: who says so, and whether somebody should look. */
export function lookOf(field: ValueView, reason: string | null): { tone: Tone; shape: Shape; title: string } {
  if (field.checks.some(isError)) return { tone: 'red', shape: 'cross', title: 'A rule is broken' };
  if (reason) return { tone: 'orange', shape: 'warning', title: 'Needs attention' };
  if (field.state === 'edited') return { tone: 'accent', shape: 'dot', title: 'Edited' };
  if (field.state === 'absent') return { tone: 'grey', shape: 'slash', title: 'Absent' };
  if (isDecided(field.state)) return { tone: 'green', shape: 'check', title: 'Confirmed' };
  if (field.value === null) return { tone: 'grey', shape: 'dashed', title: 'Not found' };
  return { tone: 'green', shape: 'dot', title: 'Trusted' };
}
