'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { cn } from '#app/ui/cn.ts';
import { counted } from '#app/ui/format.ts';
import {
  fillDown,
  type Grid,
  type GridOperation,
  insertRow,
  mergeWithNext,
  pasteInto,
  splitRow,
} from '#lib/core/values/grid-edits.ts';
import type { Block, Row } from './blocks.ts';
import type { Reviewing } from '../state/review.ts';
import { FieldReasons } from './field-reasons.tsx';
import { GridCell } from './grid-cell.tsx';
import { balancesOf, GridSums } from './grid-sums.tsx';
import { GridTools } from './grid-tools.tsx';
import { ListShortfalls } from './list-shortfalls.tsx';
import { ProposalBar } from './proposal-bar.tsx';
import { ValueActions } from './value-actions.tsx';

type RowsBlock = Extract<Block, { kind: 'rows' }>;

const rowHeight = 32;
const tallest = 12 * rowHeight;

interface Props {
  /** The whole list: rows keep their numbers, and changes are made in it, however few rows are shown. */
  block: RowsBlock;
  /** Rows that hold one of these values are shown; null: all. */
  ids: ReadonlySet<string> | null;
  reviewing: Reviewing;
}

/** A list as a grid: arrow keys move, a digit or F2 types, a block of cells can be pasted, rows come and go. */
export function ListGrid({ block, ids, reviewing }: Props) {
  const { stops, edits, account, isReadOnly, editing, definition } = reviewing;
  const { columns } = block;
  const rows = useMemo(() => (ids ? block.rows.filter((row) => rowHolds(row, ids)) : block.rows), [block, ids]);
  const grid = useMemo((): Grid => toGrid(account, block), [account, block]);
  const active = placeOf(rows, columns, stops.focusedId);
  /** In the whole list. */
  const place = active ? (rows[active.row]?.number ?? 1) - 1 : 0;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the virtualiser keeps its own state
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const activeRow = active?.row ?? -1;
  useEffect(() => {
    if (activeRow >= 0) virtual.scrollToIndex(activeRow);
  }, [activeRow, virtual]);
  // The cell comes into being when the list has scrolled to it.
  useEffect(() => {
    if (!active || editing) return;
    const cell = scroller.current?.querySelector(`[data-field="${stops.focusedId}"]`);
    if (cell instanceof HTMLElement && document.activeElement !== cell) cell.focus({ preventScroll: true });
  });
  const change = (operations: GridOperation[]) => {
    if (!isReadOnly && operations.length > 0) edits.edit(operations.map(withIds));
  };
  /** What is typed next goes into the new row. */
  const insert = (at: number) => {
    const row = withIds(insertRow(grid, at));
    change([row]);
    if (row.op === 'insert_row' && !isReadOnly) stops.focus(`${row.id}.0`);
  };
  const remove = () => {
    if (!active || isReadOnly) return;
    const next = rows[active.row + 1] ?? rows[active.row - 1];
    const cell = next?.cells.get(columns[active.column]?.key ?? '');
    change([{ op: 'delete_row', row_id: rows[active.row]?.id ?? '' }]);
    if (cell) stops.focus(cell.id);
  };
  const tools = active && {
    insert: () => insert(place + 1),
    remove,
    merge: () => change(mergeWithNext(grid, place)),
    split: () => change(splitRow(grid, place, columns[active.column]?.key ?? '')),
    fill: () => change(fillDown(grid, place, columns[active.column]?.key ?? '')),
  };
  const moveTo = (row: number, column: number) => {
    const key = columns[column]?.key;
    const field = key === undefined ? undefined : rows[row]?.cells.get(key);
    if (field) stops.focus(field.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || editing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const step = steps[event.key];
    if (step && !isCommand && !event.altKey) moveTo(active.row + step[0], active.column + step[1]);
    else if (isCommand && event.key === 'Home') moveTo(0, 0);
    else if (isCommand && event.key === 'End') moveTo(rows.length - 1, columns.length - 1);
    else if (isCommand && event.key === 'd') tools?.fill();
    else if (isCommand && event.key === 'Enter') tools?.insert();
    else if (isCommand && (event.key === 'Backspace' || event.key === 'Delete')) tools?.remove();
    else if (isCommand && event.key === 'm') tools?.merge();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!active || editing) return;
    event.preventDefault();
    change(pasteInto(grid, place, active.column, event.clipboardData.getData('text/plain')));
  };
  const template = `2.25rem ${columns.map((column) => (column.isNumber ? 'minmax(5.5rem,1fr)' : 'minmax(7rem,2fr)')).join(' ')}`;
  const focused = stops.focused && active ? stops.focused : null;
  return (
    <section aria-label={block.label} className="py-2">
      <header className="flex min-h-8 items-center gap-2 px-3">
        <h2 className="text-sm text-muted">
          {block.label} <span className="text-faint tabular-nums">{counted(block.rows.length, 'row')}</span>
        </h2>
        {isReadOnly ? null : <GridTools tools={tools} onAdd={() => insert(block.rows.length)} />}
      </header>
      <ListShortfalls rows={block.rows} />
      <div
        ref={scroller}
        role="grid"
        // A grid without a focused cell can be scrolled by keyboard.
        tabIndex={active ? -1 : 0}
        aria-label={block.label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className="overflow-auto border-y text-sm"
        style={{ maxHeight: tallest }}
      >
        <div className="w-max min-w-full">
          <div
            role="row"
            aria-rowindex={1}
            className="sticky top-0 z-10 grid h-8 items-center border-b bg-surface text-xs text-faint"
            style={{ gridTemplateColumns: template }}
          >
            <span role="columnheader" className="pl-3">
              #
            </span>
            {columns.map((column) => (
              <span
                key={column.key}
                role="columnheader"
                className={cn('truncate px-2', column.isNumber && 'text-right')}
              >
                {column.label}
              </span>
            ))}
          </div>
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              return row ? (
                <div
                  key={row.id}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className="absolute inset-x-0 grid items-center border-b border-line/60"
                  style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
                >
                  <span role="rowheader" className="pl-3 text-xs text-faint tabular-nums">
                    {row.number}
                  </span>
                  {columns.map((column) => (
                    <GridCell key={column.key} row={row} column={column} reviewing={reviewing} />
                  ))}
                </div>
              ) : null;
            })}
          </div>
          {rows.length === block.rows.length ? (
            <GridSums block={block} template={template} balances={balancesOf(definition)} />
          ) : null}
        </div>
      </div>
      {focused && !editing ? (
        <div className="px-3 pt-1">
          <ProposalBar reviewing={reviewing} />
          <ValueActions field={focused.field} verbs={reviewing.verbs} isReadOnly={isReadOnly} />
          {focused.reason ? <p className="text-xs text-orange">{focused.reason}</p> : null}
          <FieldReasons field={focused.field} onUse={isReadOnly ? null : reviewing.use} />
        </div>
      ) : null}
    </section>
  );
}

/** A new row is named here, so that it can be edited before the server has it. */
function withIds(operation: GridOperation): GridOperation {
  if (operation.op !== 'insert_row' || operation.id) return operation;
  return { ...operation, id: crypto.randomUUID(), row_id: crypto.randomUUID() };
}

const steps: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
};

function toGrid(account: Reviewing['account'], { path, columns, rows }: RowsBlock): Grid {
  return {
    documentId: account.document_id,
    accountIndex: account.account_index,
    path,
    columns,
    rows: rows.map((row) => ({ rowId: row.id, cells: row.cells })),
  };
}

function placeOf(
  rows: readonly Row[],
  columns: RowsBlock['columns'],
  id: string | null,
): { row: number; column: number } | null {
  if (id === null) return null;
  for (const [row, { cells }] of rows.entries()) {
    const column = columns.findIndex(({ key }) => cells.get(key)?.id === id);
    if (column >= 0) return { row, column };
  }
  return null;
}

export function rowHolds({ cells }: Row, ids: ReadonlySet<string>): boolean {
  return [...cells.values()].some((field) => ids.has(field.id));
}
