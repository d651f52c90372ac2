import type { ReactNode } from 'react';
import { cn } from '#app/ui/cn.ts';
import { Skeleton } from '#app/ui/skeleton.tsx';

interface Column {
  label: string;
  /** Read out in place of a label that is short. */
  title?: string;
  className: string;
}

// Widths are fixed, so that nothing shifts when rows come. Narrow screens leave columns out.
const columns: readonly Column[] = [
  { label: 'Status', className: 'w-30 pl-4 max-md:w-9' },
  { label: 'Name', className: 'px-2' },
  { label: 'Schema', className: 'w-30 px-2 max-lg:hidden' },
  { label: 'Progress', className: 'w-48 px-2 max-md:hidden' },
  { label: 'Pages', className: 'w-16 px-2 text-right max-md:hidden' },
  { label: 'Acc', title: 'Accounts', className: 'w-11 px-2 text-right max-lg:hidden' },
  { label: 'Attn', title: 'Values that need attention', className: 'w-13 px-2 text-right max-lg:hidden' },
  { label: 'Cost', className: 'w-16 px-2 text-right max-lg:hidden' },
  { label: 'Time', title: 'How long it took', className: 'w-20 px-2 text-right max-2xl:hidden' },
  { label: 'Age', className: 'w-14 px-2 text-right max-md:w-16 max-md:pr-4' },
];

interface Props {
  onPointerEnter?: () => void;
  onPointerLeave?: () => void;
  children: ReactNode;
}

export function SessionTable({ onPointerEnter, onPointerLeave, children }: Props) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead>
        <tr className="h-8 text-left text-xs text-faint">
          {columns.map(({ label, title, className }) => (
            <th
              key={label}
              scope="col"
              title={title}
              className={cn('sticky top-12 z-10 border-b bg-canvas font-medium', className)}
            >
              <span className={cn(label === 'Status' && 'max-md:sr-only')}>{label}</span>
            </th>
          ))}
          <th scope="col" className="sticky top-12 z-10 w-24 border-b bg-canvas max-md:hidden">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody data-session-rows onPointerEnter={onPointerEnter} onPointerLeave={onPointerLeave}>
        {children}
      </tbody>
    </table>
  );
}

/** Rows that are still to come. */
export function SkeletonRows({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="h-10 max-md:h-15 [&>td]:border-b">
      {columns.map(({ label, className }) => (
        <td key={label} className={className}>
          <Skeleton className={cn('h-3', label === 'Name' ? 'w-3/5' : 'w-full')} />
        </td>
      ))}
    </tr>
  ));
}
