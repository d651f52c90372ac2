'use client';

import { memo, useMemo } from 'react';
import { count, counted } from '#app/ui/format.ts';
import { attentionReason } from '#lib/extraction/attention.ts';
import type { AccountView, FieldView } from '#lib/results/get.ts';
import { type Block, toBlocks } from './blocks.ts';
import { Boundaries } from './boundaries.tsx';
import { RowsTable } from './rows-table.tsx';
import { ValueRow } from './value-row.tsx';

interface Props {
  account: AccountView;
  documentName: string;
  required: ReadonlySet<string>;
  /** Only what needs attention is shown. */
  isNarrowed: boolean;
}

export const Account = memo(function Account({ account, documentName, required, isNarrowed }: Props) {
  const reasonOf = (field: FieldView) => attentionReason(field, required.has(field.path));
  const blocks = useMemo(() => toBlocks(account), [account]);
  const shown = isNarrowed ? blocks.flatMap((block) => narrow(block, reasonOf)) : blocks;
  const attention = account.fields.filter((field) => reasonOf(field) !== null).length;
  if (shown.length === 0) return null;
  const title = account.account_number ?? documentName;
  return (
    <article className="rounded-md border">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded-t-md border-b bg-surface px-3 py-2">
        <h3 className="min-w-0 truncate font-medium" title={title}>
          {title}
        </h3>
        {account.account_number ? <span className="truncate text-sm text-muted">{documentName}</span> : null}
        <span className="ml-auto flex gap-3 text-sm whitespace-nowrap text-muted">
          {attention > 0 ? <span className="text-orange">{count(attention)} to look at</span> : null}
          {pagesText(account.pages)}
        </span>
      </header>
      <Boundaries boundaries={account.boundaries} />
      <div className="divide-y">
        {shown.map((block) => (
          <BlockView
            key={`${block.kind} ${block.label}`}
            block={block}
            reasonOf={reasonOf}
            documentId={account.document_id}
          />
        ))}
      </div>
    </article>
  );
});

interface BlockProps {
  block: Block;
  reasonOf: (field: FieldView) => string | null;
  documentId: string;
}

function BlockView({ block, reasonOf, documentId }: BlockProps) {
  if (block.kind === 'rows') return <RowsTable block={block} reasonOf={reasonOf} documentId={documentId} />;
  if (block.kind === 'value') {
    return <ValueRow label={block.label} field={block.field} reason={reasonOf(block.field)} documentId={documentId} />;
  }
  if (block.kind === 'values') {
    return block.fields.map((field, index) => (
      <ValueRow
        key={field.id}
        label={block.label}
        isFirst={index === 0}
        field={field}
        reason={reasonOf(field)}
        documentId={documentId}
      />
    ));
  }
  return (
    <dl className="grid min-h-10 items-center gap-x-4 px-3 py-1.5 md:grid-cols-[11rem_minmax(0,1fr)]">
      <dt className="text-sm text-muted">{block.label}</dt>
      <dd className="text-faint">No rows found</dd>
    </dl>
  );
}

/** What is left of a block when only what needs attention is shown. */
function narrow(block: Block, reasonOf: (field: FieldView) => string | null): Block[] {
  if (block.kind === 'value') return reasonOf(block.field) ? [block] : [];
  if (block.kind === 'values') {
    const fields = block.fields.filter(reasonOf);
    return fields.length > 0 ? [{ ...block, fields }] : [];
  }
  if (block.kind === 'nothing') return [];
  const rows = block.rows.filter(({ cells }) => [...cells.values()].some(reasonOf));
  return rows.length > 0 ? [{ ...block, rows }] : [];
}

/** `Page 3`, `Pages 1–3, 7`. */
function pagesText(pages: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const page of pages.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && page === last.to + 1) last.to = page;
    else ranges.push({ from: page, to: page });
  }
  const text = ranges.map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`)).join(', ');
  return pages.length === 1 ? `Page ${text}` : pages.length === 0 ? counted(0, 'page') : `Pages ${text}`;
}
