'use client';

import { useEffect } from 'react';
import { resumeOutboxes, unsavedCount } from '#app/api-client/outbox.ts';
import { useLive } from '#app/live/live-provider.tsx';

/** Changes that an earlier page could not save go on their way, and a tab that has some warns before it closes. */
export function Unsaved() {
  useEffect(() => {
    resumeOutboxes();
    const warn = (event: BeforeUnloadEvent) => {
      if (unsavedCount() > 0) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    addEventListener('online', resumeOutboxes);
    return () => {
      removeEventListener('beforeunload', warn);
      removeEventListener('online', resumeOutboxes);
    };
  }, []);
  useLive((event) => {
    if (event.kind === 'ready') resumeOutboxes();
  });
  return null;
}
