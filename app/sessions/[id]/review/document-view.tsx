'use client';

import type { Results, ValueView } from '#lib/core/contract/results.ts';
import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { useMemo } from 'react';
import { counted, money } from '#app/ui/format.ts';
import { attentionReason } from '#lib/core/values/attention.ts';
import { valueText } from './fields/value-labels.ts';
import type { Mark, MarkTone, PageMove, Place } from './state/marks.ts';
import { PageSide } from './viewer/viewer.tsx';
import { PageStrip } from './strip/page-strip.tsx';
import { usePages } from './state/use-pages.ts';

interface Props {
  session: SessionDetail;
  results: Results;
  required: ReadonlySet<string>;
  at: { documentId: string; pageNum: number };
  onPage: (documentId: string, pageNum: number) => void;
  focusedId: string | null;
  onFocus: (id: string) => void;
  typed: string | null;
  onPlace: (place: Place) => void;
  onMove: (move: PageMove) => void;
  onRetry?: () => void;
}

/** The session's pages, small and large, with the places of its values. */
export function DocumentView({ session, results, required, at, onMove, ...rest }: Props) {
  const pages = usePages(session);
  const marks = useMemo(
    () =>
      results.accounts.flatMap(({ document_id, fields }) =>
        fields.flatMap((field) => toMark(document_id, field, required.has(field.path))),
      ),
    [results, required],
  );
  const perPage = session.pages_processed > 0 ? session.cost_usd / session.pages_processed : 0;
  return (
    <div className="flex size-full min-h-0">
      <PageStrip
        documents={session.documents}
        accounts={results.accounts}
        pages={pages}
        current={at}
        onPage={rest.onPage}
        onMove={onMove}
        cost={(count) => {
          const read = `${counted(count, 'page')} ${count === 1 ? 'is' : 'are'} read again`;
          return perPage > 0 ? `${read}, about ${money(count * perPage)}.` : `${read}, at no cost.`;
        }}
        canMove={session.status === 'in_progress'}
      />
      <PageSide documents={session.documents} {...at} marks={marks} pages={pages} {...rest} />
    </div>
  );
}

function toMark(documentId: string, field: ValueView, isRequired: boolean): Mark[] {
  if (!field.evidence || field.evidence.boxes.length === 0) return [];
  const { page_num: pageNum, boxes } = field.evidence;
  const label = `${field.label}: ${valueText(field)}`;
  return [{ id: field.id, documentId, pageNum, boxes, tone: toneOf(field, isRequired), label }];
}

function toneOf(field: ValueView, isRequired: boolean): MarkTone {
  if (field.checks.some(({ ok, severity }) => !ok && severity === 'error')) return 'error';
  if (attentionReason(field, isRequired)) return 'attention';
  if (field.state === 'edited' || field.state === 'confirmed') return field.state;
  return 'plain';
}
