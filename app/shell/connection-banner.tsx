'use client';

import { useConnected } from '#app/live/live-provider.tsx';
import { Mark } from '#app/ui/mark.tsx';

/** Over the screen, not in it: nothing moves when the connection comes and goes. */
export function ConnectionBanner() {
  const connected = useConnected();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center max-md:bottom-18"
    >
      {connected ? null : (
        <p className="flex animate-appear items-center gap-2 rounded-md border border-line bg-raised px-3 py-2 text-sm shadow-lg">
          <Mark tone="orange" shape="warning" />
          Reconnecting… what you see may be out of date.
        </p>
      )}
    </div>
  );
}
