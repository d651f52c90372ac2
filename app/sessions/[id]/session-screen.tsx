'use client';

import type { Results } from '#lib/core/contract/results.ts';
import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { SWRConfig } from 'swr';
import { Notice } from '#app/ui/callout.tsx';
import { SessionForecast } from '../forecast.tsx';
import type { ListShape } from './review/fields/list-shapes.ts';
import { Documents } from './documents.tsx';
import { NoValues } from './no-values.tsx';
import { ReviewScreen } from './review/review-screen.tsx';
import { SessionHeader } from './session-header.tsx';
import { SessionNotices } from './session-notices.tsx';
import { useSession } from './use-session.ts';

interface Props {
  session: SessionDetail;
  results: Results;
  /** Paths of values that must be there. */
  required: readonly string[];
  /** The schema's lists with their columns. */
  lists: readonly ListShape[];
  /** The schema's definition. */
  definition: Readonly<Record<string, unknown>>;
}

/** Each showing starts from what the server gave with it. */
export function SessionScreen(props: Props) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <LiveSession {...props} />
    </SWRConfig>
  );
}

/** The review, as soon as there is a value to review; before that, how far its documents are. */
function LiveSession({ session: first, results: firstResults, required, lists, definition }: Props) {
  const { session, results, error, put, putResults, reload } = useSession(first, firstResults);
  const notices = (
    <>
      {error ? (
        <Notice tone="orange" title="This screen could not be brought up to date">
          It retries with the next change. Reload the page if that takes long.
        </Notice>
      ) : null}
      <SessionNotices session={session} />
    </>
  );
  if (results.accounts.length > 0) {
    return (
      <ReviewScreen
        key={session.id}
        session={session}
        results={results}
        required={required}
        lists={lists}
        definition={definition}
        put={put}
        putResults={putResults}
        reload={reload}
        notices={notices}
      />
    );
  }
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 px-4 py-6 md:px-6">
      <SessionHeader session={session} onChange={put} />
      {notices}
      <Documents documents={session.documents} />
      <NoValues session={session} />
      <SessionForecast session={session} />
    </div>
  );
}
