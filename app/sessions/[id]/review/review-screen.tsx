'use client';

import type { Results } from '#lib/core/contract/results.ts';
import type { SessionDetail, SessionSummary } from '#lib/core/contract/sessions.ts';
import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useRef } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Notice } from '#app/ui/callout.tsx';
import { DocumentView } from './document-view.tsx';
import { changeSession } from '../../session-actions.ts';
import { AccountTabs } from './fields/account-tabs.tsx';
import type { ListShape } from './fields/list-shapes.ts';
import { FieldsPanel } from './fields/fields-panel.tsx';
import { ReviewHeader } from './review-header.tsx';
import { useReviewKeys } from './state/use-review-keys.ts';
import { SideHandle, useSideWidth } from './split-pane.tsx';
import { useClaim } from './state/use-review-lock.ts';
import { useEdits } from './state/use-edits.ts';
import { useShownPage } from './state/use-shown-page.ts';
import { RefusedChanges } from './refused-changes.tsx';
import { tellVerified } from './tell-verified.ts';
import { useArmed } from './state/use-armed.ts';
import { useFocusOnValue } from './state/use-focus-on-value.ts';
import { useQueue } from './state/use-queue.ts';
import { useReviewing } from './state/use-review.ts';
import { stopsOf, useStops } from './state/use-focus.ts';
import { useVerify } from './dialogs/verify-dialog.tsx';

export interface ReviewProps {
  session: SessionDetail;
  results: Results;
  required: readonly string[];
  lists: readonly ListShape[];
  definition: Readonly<Record<string, unknown>>;
  putResults: (change: (now: Results) => Results) => void;
  put: (summary: SessionSummary) => void;
  reload: () => void;
  /** What is wrong with the session as a whole, or what it waits for. */
  notices: ReactNode;
}

/** The page on one side, the fields on the other, each showing where the other is. */
export function ReviewScreen(props: ReviewProps) {
  const { session, definition, put, lists } = props;
  const router = useRouter();
  const required = useMemo(() => new Set(props.required), [props.required]);
  const edits = useEdits(props);
  const results = edits.shown;
  const stops = useStops(results, required);
  const reviewing = useReviewing({ results, stops, edits, required, lists, definition });
  const claim = useClaim(session.id, session.status === 'in_progress');
  const queue = useQueue(session);
  const root = useRef<HTMLDivElement>(null);
  const armed = useArmed(root);
  const { width, resize } = useSideWidth();
  const [at, setAt] = useShownPage(session, stops.account);
  const verify = useVerify({
    session,
    allSaved: edits.saving.settled,
    onGo: stops.focus,
    onVerified: (verified) => {
      put(verified);
      tellVerified(verified, () => router.push(`/sessions/${verified.id}`));
      queue.goOn();
    },
  });
  const keepFocus = useFocusOnValue(root, stops.focusedId, reviewing?.editing !== null);
  const goPage = (by: number) => {
    const total = session.documents.find(({ id }) => id === at.documentId)?.pages_total ?? 1;
    setAt({ ...at, pageNum: Math.min(total - 1, Math.max(0, at.pageNum + by)) });
  };
  useReviewKeys({
    stops,
    edits,
    verify: () => {
      if (armed.current) verify.verify();
    },
    skip: queue.skip,
    goPage,
  });
  const names = new Map(session.documents.map((document) => [document.id, document.name]));
  const accounts = results.accounts.map((account) => ({
    account,
    title: account.account_number ?? names.get(account.document_id) ?? '',
    open: stopsOf(account, required).filter((stop) => stop.reason !== null).length,
  }));
  return (
    <div ref={root} onPointerUp={keepFocus} className="flex h-[calc(100dvh-3rem)] min-h-0 flex-col max-lg:h-auto">
      <ReviewHeader
        session={session}
        edits={edits}
        onChange={put}
        onVerify={verify.verify}
        isVerifying={verify.isBusy}
        queue={queue}
        unseen={results.accounts.flatMap(({ fields }) => fields).filter((field) => !stops.isSeen(field)).length}
        current={
          stops.account
            ? { documentId: stops.account.document_id, accountIndex: stops.account.account_index, pageNum: at.pageNum }
            : null
        }
      />
      {props.notices}
      <RefusedChanges saving={edits.saving} results={results} />
      {claim.isTaken ? (
        <div className="p-2">
          <Notice tone="orange" title="Being reviewed in another window">
            Your changes are saved only where the other window has not changed the value first.{' '}
            <Button size="small" onClick={claim.takeOver}>
              Take over
            </Button>
          </Notice>
        </div>
      ) : null}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="min-w-0 flex-1 bg-surface max-lg:h-[60vh] max-lg:flex-none">
          <DocumentView
            session={session}
            results={results}
            required={required}
            at={at}
            onPage={(documentId, pageNum) => setAt({ documentId, pageNum })}
            focusedId={stops.focusedId}
            onFocus={stops.focus}
            typed={reviewing?.typed ?? null}
            onPlace={({ pageNum, quote, boxes }) => reviewing?.point(quote, { page_num: pageNum, quote, boxes })}
            onRetry={() => void changeSession(session.id, 'retry').then((changed) => changed && put(changed))}
            onMove={({ documentId, pages, accountIndex }) =>
              edits.edit([{ op: 'move_boundary', document_id: documentId, pages, account_index: accountIndex }])
            }
          />
        </div>
        <SideHandle width={width} onResize={resize} />
        <div className="flex min-h-0 shrink-0 flex-col border-l max-lg:w-full!" style={{ width }}>
          <div className="flex shrink-0 items-center border-b">
            <AccountTabs accounts={accounts} index={stops.accountIndex} onOpen={stops.openAccount} />
          </div>
          {reviewing ? <FieldsPanel reviewing={reviewing} /> : null}
        </div>
      </div>
      {verify.dialog}
    </div>
  );
}
