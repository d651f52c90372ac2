/** A column of All Sessions. */
export interface Column {
  id: string;
  label: string;
  /** Read out in place of a label that is short. */
  title?: string;
  className: string;
  /** A person may hide it. */
  isOptional?: boolean;
}

// Widths are fixed, so that nothing shifts when rows come. Narrow screens leave columns out.
export const columns: readonly Column[] = [
  { id: 'status', label: 'Status', className: 'w-30 pl-2 max-md:w-9 max-md:pl-4' },
  { id: 'name', label: 'Name', className: 'px-2' },
  { id: 'schema', label: 'Schema', className: 'w-30 px-2 max-lg:hidden', isOptional: true },
  { id: 'progress', label: 'Progress', className: 'w-48 px-2 max-md:hidden', isOptional: true },
  { id: 'pages', label: 'Pages', className: 'w-16 px-2 text-right max-md:hidden', isOptional: true },
  {
    id: 'accounts',
    label: 'Acc',
    title: 'Accounts',
    className: 'w-11 px-2 text-right max-lg:hidden',
    isOptional: true,
  },
  {
    id: 'attention',
    label: 'Attn',
    title: 'Values that need attention',
    className: 'w-13 px-2 text-right max-lg:hidden',
    isOptional: true,
  },
  { id: 'cost', label: 'Cost', className: 'w-16 px-2 text-right max-lg:hidden', isOptional: true },
  {
    id: 'time',
    label: 'Time',
    title: 'Duration',
    className: 'w-20 px-2 text-right max-2xl:hidden',
    isOptional: true,
  },
  { id: 'age', label: 'Age', className: 'w-14 px-2 text-right max-md:w-16 max-md:pr-4' },
];

/** With the boxes to select by, and the actions. */
export const columnCount = columns.length + 2;

// The hidden ones are an attribute of <html>, set before the first paint, so that the table is never seen to change.

export function readHidden(): Set<string> {
  return new Set(document.documentElement.dataset.hiddenColumns?.split(' ').filter(Boolean));
}

export function toggleColumn(id: string): void {
  const hidden = readHidden();
  if (!hidden.delete(id)) hidden.add(id);
  const text = [...hidden].join(' ');
  document.documentElement.dataset.hiddenColumns = text;
  localStorage.setItem('hiddenColumns', text);
}
