'use client';

import { useFormStatus } from 'react-dom';
import { Button } from '#app/ui/button.tsx';
import { cn } from '#app/ui/cn.ts';
import { startSample } from './actions.ts';

/** Submits the bundled document with one click, also without JavaScript. */
export function SampleButton({ kind = 'secondary' }: { kind?: 'secondary' | 'quiet' }) {
  return (
    <form action={startSample}>
      <Submit kind={kind} />
    </form>
  );
}

function Submit({ kind }: { kind: 'secondary' | 'quiet' }) {
  const { pending } = useFormStatus();
  return (
    <Button
      type="submit"
      kind={kind}
      disabled={pending}
      className={cn(kind === 'quiet' && 'px-1 text-link hover:text-link')}
    >
      {pending ? 'Starting…' : 'Try the sample loan packet'}
    </Button>
  );
}
