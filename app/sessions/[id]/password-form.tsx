'use client';

import { LockOpen } from 'lucide-react';
import { useActionState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { givePasswordAction } from './actions.ts';

/** For a protected file: asks for its password, and has it read. Works without JavaScript. */
export function PasswordForm({ documentId, name }: { documentId: string; name: string }) {
  const [problem, action, isBusy] = useActionState(givePasswordAction, null);
  return (
    <form action={action} className="flex basis-full flex-wrap items-center gap-2 py-1 text-sm max-md:order-2 md:pl-40">
      <input type="hidden" name="document_id" value={documentId} />
      <input
        type="password"
        name="password"
        required
        autoComplete="off"
        aria-label={`Password for ${name}`}
        placeholder="Password"
        className="h-8 w-56 rounded-md border border-edge bg-canvas px-2"
      />
      <Button type="submit" disabled={isBusy}>
        <LockOpen />
        Unlock
      </Button>
      <span className="text-muted">Used once to read this file; never stored.</span>
      {problem ? (
        <p role="alert" className="basis-full text-red">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
