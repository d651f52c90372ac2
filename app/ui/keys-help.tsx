'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';

/** The keys of a screen, shown by `?`. */
export function KeysHelp({ keys }: { keys: readonly (readonly [string, string])[] }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0_0/0.45)]" />
        <Dialog.Popup className="fixed left-1/2 top-1/4 z-50 w-[min(420px,calc(100vw-32px))] -translate-x-1/2 rounded border bg-raised p-5 shadow-xl">
          <Dialog.Title className="text-lg font-semibold">Keys on this screen</Dialog.Title>
          <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
            {keys.map(([key, meaning]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="rounded-sm border bg-sunken px-1.5 py-0.5 font-mono text-xs">{key}</kbd>
                </dt>
                <dd className="text-ink-soft">{meaning}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Keys belong to the field while somebody types. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
