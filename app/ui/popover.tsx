'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  /** Opens it; needs an accessible name. */
  trigger: ReactElement;
  title: ReactNode;
  children: ReactNode;
}

/** More about one thing, beside it. */
export function Popover({ trigger, title, children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side="bottom" align="end" sideOffset={4} collisionPadding={8} className="z-40">
          <Base.Popup className="w-80 max-w-[calc(100vw-1rem)] rounded-md border border-line bg-raised p-3 text-sm text-ink shadow-lg outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.Title className="mb-2 flex items-center justify-between gap-2 font-medium">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
