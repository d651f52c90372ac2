'use client';

import { PageFrame } from './shell/page-frame.tsx';
import { Button, ButtonLink } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';

/** What a screen shows when it could not be made; the server's log says why. */
export default function ScreenError({ retry }: { retry: () => void }) {
  return (
    <PageFrame crumbs={[{ label: 'Error' }]}>
      <EmptyState
        title="This screen could not be loaded"
        action={
          <>
            <Button kind="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/sessions">All Sessions</ButtonLink>
          </>
        }
      >
        While the database restarts, try again in a moment; otherwise the server’s log says what is wrong. Nothing is
        lost: running extractions continue.
      </EmptyState>
    </PageFrame>
  );
}
