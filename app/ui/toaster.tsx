'use client';

import { LoaderCircle } from 'lucide-react';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      icons={{ loading: <LoaderCircle className="size-4 animate-spin motion-reduce:animate-none" /> }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-(--width) items-center gap-2.5 rounded-md border border-line bg-raised px-3 py-2.5 font-sans text-sm text-ink shadow-lg',
          description: 'text-muted',
          error: 'border-red/40',
          icon: 'relative flex size-4 shrink-0 items-center justify-center text-muted [[data-type=error]_&]:text-red [[data-type=success]_&]:text-green',
          actionButton: 'ml-auto shrink-0 rounded-sm px-1.5 py-0.5 font-medium text-link hover:bg-hover',
        },
      }}
    />
  );
}
