'use client';

import { SWRConfig } from 'swr';
import { Notice } from '#app/ui/notice.tsx';
import type { Results } from '#lib/results/get.ts';
import type { SessionDetail } from '#lib/sessions/get.ts';
import { Documents } from './documents.tsx';
import { SessionHeader } from './session-header.tsx';
import { SessionNotices } from './session-notices.tsx';
import { useSession } from './use-session.ts';
import { Values } from './values/values.tsx';

interface Props {
  session: SessionDetail;
  results: Results;
  /** Paths of values that must be there. */
  required: readonly string[];
}

/** Each showing starts from what the server gave with it. */
export function SessionScreen(props: Props) {
  return (
    <SWRConfig value={{ provider: () => new Map() }}>
      <LiveSession {...props} />
    </SWRConfig>
  );
}

function LiveSession({ session: first, results: firstResults, required }: Props) {
  const { session, results, error, put } = useSession(first, firstResults);
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 px-4 py-6 md:px-6">
      <SessionHeader session={session} onChange={put} />
      {error ? (
        <Notice tone="orange" title="This screen could not be brought up to date">
          It tries again with the next change. Reload it if that takes long.
        </Notice>
      ) : null}
      <SessionNotices session={session} />
      <Documents documents={session.documents} />
      <Values session={session} results={results} required={required} />
    </div>
  );
}
