'use client';

import type { SessionFilter } from '#lib/core/contract/sessions.ts';
import { ChevronsDown, ChevronsUp, Equal, Flag, RotateCcw, Square, Trash2, X } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { ConfirmDialog } from '#app/ui/confirm-dialog.tsx';
import { count, counted } from '#app/ui/format.ts';
import { Menu } from '#app/ui/menu.tsx';
import { Tooltip } from '#app/ui/tooltip.tsx';
import { type Priority, priorities } from '#lib/core/fields/choices.ts';
import { ExportMenu } from '../export-menu.tsx';
import { priorityLabels } from '#app/labels/sessions.ts';
import { filterQuery } from './filter.ts';
import { useBulk } from './use-bulk.tsx';
import type { Selection } from './use-selection.ts';

interface Props {
  selection: Selection;
  filter: SessionFilter;
  /** How many there are under the filter. */
  total: { number: number; exact: boolean };
}

const priorityIcons: Record<Priority, React.ReactNode> = {
  high: <ChevronsUp />,
  normal: <Equal />,
  low: <ChevronsDown />,
};

/** What can be done with the selected sessions. */
export function BulkBar({ selection, filter, total }: Props) {
  const bulk = useBulk(selection.clear);
  const { ids, isAll } = selection;
  const target = isAll ? { filter } : { ids: [...ids] };
  const all = `${count(total.number)}${total.exact ? '' : '+'}`;
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-4">
      <section
        aria-label="Selected sessions"
        className="pointer-events-auto flex animate-appear flex-wrap items-center gap-1.5 rounded-md border border-line bg-raised p-1.5 pl-3 text-sm shadow-lg"
      >
        <span className="mr-1 font-medium whitespace-nowrap tabular-nums" role="status">
          {isAll ? `All ${all} selected` : `${count(ids.size)} selected`}
        </span>
        {!isAll && (total.number > ids.size || !total.exact) ? (
          <Button kind="quiet" size="small" onClick={selection.selectAll}>
            Select all {all}
          </Button>
        ) : null}
        <Button size="small" disabled={bulk.isBusy} onClick={() => bulk.start({ action: 'retry', target })}>
          <RotateCcw /> Retry failed
        </Button>
        <Button size="small" disabled={bulk.isBusy} onClick={() => bulk.start({ action: 'cancel', target })}>
          <Square /> Cancel
        </Button>
        <Menu
          trigger={
            <Button size="small" disabled={bulk.isBusy}>
              <Flag /> Priority
            </Button>
          }
          choices={priorities.map((priority) => ({
            key: priority,
            label: priorityLabels[priority],
            icon: priorityIcons[priority],
            run: () => bulk.start({ action: 'priority', priority, target }),
          }))}
        />
        <ExportMenu size="small" target={isAll ? { filter: filterQuery(filter) } : { ids: [...ids] }} />
        <Button
          size="small"
          kind="danger"
          disabled={bulk.isBusy}
          onClick={() => bulk.start({ action: 'delete', target })}
        >
          <Trash2 /> Delete
        </Button>
        <Tooltip label="Clear selection" keys="Esc">
          <Button kind="quiet" size="smallIcon" aria-label="Clear selection" onClick={selection.clear}>
            <X />
          </Button>
        </Tooltip>
      </section>
      <ConfirmDialog
        open={bulk.question !== null}
        onOpenChange={(open) => (open ? null : bulk.dismiss())}
        title={bulk.question?.title ?? ''}
        action={bulk.question?.action ?? counted(0, 'session')}
        keep="Keep them"
        onConfirm={bulk.confirm}
      >
        {bulk.question?.text}
      </ConfirmDialog>
    </div>
  );
}
