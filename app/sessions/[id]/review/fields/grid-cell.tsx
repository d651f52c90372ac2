import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import type { Column, Row } from './blocks.ts';
import { valueText } from './value-labels.ts';
import type { Reviewing } from '../state/review.ts';
import { lookOf } from './field-row.tsx';
import { ValueEditor } from './value-editor.tsx';

/** One value of a list; while it is typed, its editor. */
export function GridCell({ row, column, reviewing }: { row: Row; column: Column; reviewing: Reviewing }) {
  const { stops, editing, account, definition } = reviewing;
  const field = row.cells.get(column.key);
  if (!field)
    return (
      <span role="gridcell" className="px-2 text-faint">
        –
      </span>
    );
  const isFocused = stops.focusedId === field.id;
  if (isFocused && editing) {
    return (
      <span role="gridcell">
        <ValueEditor
          isBare
          field={field}
          account={account}
          definition={definition}
          start={editing.start}
          onSave={reviewing.saveEditing}
          onCancel={reviewing.stopEditing}
          onType={reviewing.setTyped}
        />
      </span>
    );
  }
  const reason = reviewing.reasons.get(field.id) ?? null;
  const look = lookOf(field, reason);
  const isPlain = look.tone === 'green' && field.state === 'found';
  return (
    <span
      role="gridcell"
      tabIndex={isFocused ? 0 : -1}
      aria-current={isFocused ? true : undefined}
      aria-label={`${column.label}, row ${row.number}: ${valueText(field) || 'empty'}${isPlain ? '' : `, ${reason ?? look.title}`}`}
      data-field={field.id}
      title={reason ?? undefined}
      onFocus={() => isFocused || stops.focus(field.id)}
      onDoubleClick={() => reviewing.startEditing(null)}
      className={cn(
        'flex h-full min-w-0 items-center gap-1 px-2 outline-none',
        column.isNumber && 'justify-end',
        isFocused && 'bg-accent-soft ring-1 ring-accent ring-inset',
        look.tone === 'red' ? 'text-red' : look.tone === 'orange' ? 'text-orange' : '',
      )}
    >
      {isPlain || (look.tone === 'grey' && !reason) ? null : (
        <Mark tone={look.tone} shape={look.shape} className="size-2.5" />
      )}
      <span className="truncate tabular-nums">{valueText(field)}</span>
    </span>
  );
}
