'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactElement } from 'react';
import { Button } from './button.tsx';

/** Asks before something that cannot be taken back. */
export function Confirm({ trigger, title, text, action, onConfirm }: { trigger: ReactElement; title: string; text: string; action: string; onConfirm: () => void }) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={trigger} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0_0/0.45)]" />
        <AlertDialog.Popup className="fixed left-1/2 top-1/3 z-50 w-[min(400px,calc(100vw-32px))] -translate-x-1/2 rounded border bg-raised p-5 shadow-xl">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-ink-soft">{text}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close render={<Button>Keep</Button>} />
            <AlertDialog.Close render={<Button variant="danger">{action}</Button>} onClick={onConfirm} />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
