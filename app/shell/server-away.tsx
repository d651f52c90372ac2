'use client';

import { useEffect } from 'react';
import { toast } from 'sonner';

/** What a browser tells before it leaves a page, as far as it is used here. */
interface NavigateEvent extends Event {
  destination: { url: string; sameDocument: boolean };
  navigationType: string;
  downloadRequest: string | null;
  formData: FormData | null;
}

/** Small, and served without the database. */
const probeUrl = '/icon.svg';

/**
 * Leaves no screen for the browser's own error page: a click while the server is away says so, and the screen stays as it is.
 * In browsers that cannot tell of it beforehand, nothing changes.
 */
export function ServerAway() {
  useEffect(() => {
    const { navigation } = window as { navigation?: EventTarget };
    let allowed: string | null = null;
    const onNavigate = (given: Event) => {
      const event = given as NavigateEvent;
      const { url, sameDocument } = event.destination;
      if (!event.cancelable || sameDocument || !['push', 'replace'].includes(event.navigationType)) return;
      const { origin, pathname } = new URL(url);
      const isElsewhere = origin !== location.origin || pathname.startsWith('/api/');
      if (isElsewhere || event.downloadRequest !== null || event.formData !== null) return;
      if (allowed === url) {
        allowed = null;
        return;
      }
      event.preventDefault();
      fetch(probeUrl, { method: 'HEAD', cache: 'no-store' }).then(
        () => {
          allowed = url;
          location.assign(url);
        },
        () => toast.error('Sluice cannot be reached. Nothing was lost: try again when it is back.'),
      );
    };
    navigation?.addEventListener('navigate', onNavigate);
    return () => navigation?.removeEventListener('navigate', onNavigate);
  }, []);
  return null;
}
