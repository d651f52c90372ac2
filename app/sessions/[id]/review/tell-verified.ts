import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { toast } from 'sonner';
import { changeSession } from '../../session-actions.ts';

/** How long a verification can be taken back where it is told. */
const undoMs = 10_000;

/** Says that a session is verified, and opens it again for who did not mean it. `onUndone`: to go back to it. */
export function tellVerified({ id, name }: SessionSummary, onUndone: () => void): void {
  toast.success(`${name} is verified.`, {
    duration: undoMs,
    action: {
      label: 'Undo',
      onClick: () => void changeSession(id, 'reopen').then((reopened) => reopened && onUndone()),
    },
  });
}
