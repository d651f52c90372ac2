import type { ReactNode } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { columns } from './columns.ts';

interface Props {
  /** The box that selects all rows. */
  selectAll: ReactNode;
  onPointerEnter?: () => void;
  onPointerLeave?: () => void;
  /** Bodies of the table, one for a row with its details. */
  children: ReactNode;
}

export function SessionTable({ selectAll, onPointerEnter, onPointerLeave, children }: Props) {
  return (
    <div className="@container">
      <table
        className="w-full table-fixed border-separate border-spacing-0"
        data-session-rows
        onPointerEnter={onPointerEnter}
        onPointerLeave={onPointerLeave}
      >
        <thead>
          <tr className="h-8 text-left text-xs text-faint">
            <th scope="col" className="sticky top-12 z-10 w-9 border-b bg-canvas pl-4 max-md:hidden">
              {selectAll}
            </th>
            {columns.map(({ id, label, title, className }) => (
              <th
                key={id}
                scope="col"
                title={title}
                data-column={id}
                className={cn('sticky top-12 z-10 border-b bg-canvas font-medium', className)}
              >
                <span className={cn(label === 'Status' && 'max-md:sr-only')}>{label}</span>
              </th>
            ))}
            <th scope="col" className="sticky top-12 z-10 w-32 border-b bg-canvas max-md:hidden">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}

/** Rows that are still to come. */
export function SkeletonRows({ rows }: { rows: number }) {
  return (
    <tbody>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} className="h-10 max-md:h-15 [&>td]:border-b">
          <td aria-label="Loading" className="max-md:hidden" />
          {columns.map(({ id, label, className }) => (
            <td key={id} data-column={id} className={className}>
              <Skeleton className={cn('h-3', label === 'Name' ? 'w-3/5' : 'w-full')} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
