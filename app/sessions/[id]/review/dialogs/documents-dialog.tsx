import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { Dialog } from '#app/ui/dialog.tsx';
import { Documents } from '#app/sessions/[id]/documents.tsx';

interface Props {
  session: SessionDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The files of a session with their stages, what failed of them, and the originals. */
export function DocumentsDialog({ session, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={session.name} isWide>
      <Documents documents={session.documents} />
    </Dialog>
  );
}
