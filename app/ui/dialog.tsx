'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { Button } from './button.tsx';

export const backdropLook =
  'fixed inset-0 z-40 bg-[oklch(0.1_0_0)]/35 transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0';
export const popupLook = cn(
  'fixed top-[18dvh] left-1/2 z-50 max-h-[72dvh] w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto',
  'rounded-md border border-line bg-raised text-ink shadow-xl transition-opacity duration-120',
  'data-ending-style:opacity-0 data-starting-style:opacity-0',
);

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** For tables and long lists. */
  isWide?: boolean;
  children: ReactNode;
}

export function Dialog({ open, onOpenChange, title, isWide = false, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropLook} />
        <Base.Popup className={cn(popupLook, isWide && 'top-[10dvh] max-h-[80dvh] w-[56rem]')}>
          <div className="flex items-center justify-between border-b px-4 py-2.5">
            <Base.Title className="font-medium">{title}</Base.Title>
            <Base.Close render={<Button kind="quiet" size="smallIcon" aria-label="Close" />}>
              <X />
            </Base.Close>
          </div>
          <div className="p-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
