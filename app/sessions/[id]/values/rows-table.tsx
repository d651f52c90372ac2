'use client';

import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { count, counted } from '#app/ui/format.ts';
import { Mark } from '#app/ui/mark.tsx';
import { Popover } from '#app/ui/popover.tsx';
import type { FieldView } from '#lib/results/get.ts';
import type { Block, Column, Row } from './blocks.ts';
import { DetailTitle } from './value-row.tsx';
import { PageLink, ValueDetail } from './value-detail.tsx';
import { stateLooks, valueText } from './value-words.ts';

interface Props {
  block: Extract<Block, { kind: 'rows' }>;
  reasonOf: (field: FieldView) => string | null;
  documentId: string;
}

const shownAtFirst = 50;

/** A list as a table; each cell tells on a click why it can be trusted. */
export function RowsTable({ block: { label, columns, rows }, reasonOf, documentId }: Props) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  const head = 'h-8 border-b px-2 text-xs font-medium text-faint whitespace-nowrap';
  return (
    <div className="py-2">
      <h4 className="px-3 pb-1 text-sm text-muted">
        {label} <span className="text-faint tabular-nums">{counted(rows.length, 'row')}</span>
      </h4>
      <Reasons rows={rows} reasonOf={reasonOf} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={label} className="overflow-x-auto">
        <table className="min-w-full border-collapse text-sm">
          <thead>
            <tr>
              <th scope="col" className={cn(head, 'pl-3 text-left')}>
                #
              </th>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={cn(head, column.isNumber ? 'text-right' : 'text-left')}>
                  {column.label}
                </th>
              ))}
              <th scope="col" className={cn(head, 'pr-3 text-right')}>
                Page
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id} className="h-8 border-b border-line/60 last:border-b-0 hover:bg-hover">
                <td className="pl-3 text-faint tabular-nums">{row.number}</td>
                {columns.map((column) => (
                  <Cell key={column.key} row={row} column={column} reasonOf={reasonOf} documentId={documentId} />
                ))}
                <td className="pr-3 text-right text-xs">
                  <RowPage row={row} documentId={documentId} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length ? (
        <Button kind="quiet" size="small" className="mt-1 ml-1" onClick={() => setWhole(true)}>
          Show all {count(rows.length)} rows
        </Button>
      ) : null}
    </div>
  );
}

const shownReasons = 3;

/** What is wrong with the list, said above it: the cell may be far below. */
function Reasons({ rows, reasonOf }: { rows: readonly Row[]; reasonOf: Props['reasonOf'] }) {
  const cells = rows.flatMap((row) => [...row.cells.values()]);
  const reasons = [...new Set(cells.flatMap((field) => reasonOf(field) ?? []))];
  return reasons.slice(0, shownReasons).map((reason) => (
    <p key={reason} className="flex items-center gap-1.5 px-3 pb-1 text-xs text-orange">
      <Mark tone="orange" shape="warning" className="size-3" />
      {reason}
    </p>
  ));
}

interface CellProps extends Pick<Props, 'reasonOf' | 'documentId'> {
  row: Row;
  column: Column;
}

function Cell({ row, column, reasonOf, documentId }: CellProps) {
  const field = row.cells.get(column.key);
  const align = column.isNumber ? 'text-right' : 'text-left';
  if (!field) return <td className={cn('px-2 text-faint', align)}>–</td>;
  const reason = reasonOf(field);
  const trigger = (
    <button
      type="button"
      className={cn(
        'max-w-96 truncate rounded-sm px-1 align-middle tabular-nums hover:bg-pressed',
        align,
        field.value === null && 'text-faint',
        reason && 'text-orange underline decoration-dotted underline-offset-4',
      )}
    >
      {field.value === null ? stateLooks[field.state].label : valueText(field)}
      {reason ? <span className="sr-only">, needs attention</span> : null}
    </button>
  );
  return (
    <td className={cn('px-1', align)}>
      <Popover trigger={trigger} title={<DetailTitle label={column.label} field={field} />}>
        <ValueDetail field={field} reason={reason} documentId={documentId} />
      </Popover>
    </td>
  );
}

function RowPage({ row, documentId }: { row: Row; documentId: string }) {
  const evidence = [...row.cells.values()].find((field) => field.evidence)?.evidence;
  return evidence ? (
    <PageLink documentId={documentId} pageNum={evidence.page_num} />
  ) : (
    <span className="text-faint">–</span>
  );
}
