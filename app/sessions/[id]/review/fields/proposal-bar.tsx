import { Button } from '#app/ui/button.tsx';
import { Kbd } from '#app/ui/kbd.tsx';
import type { Reviewing } from '../state/review.ts';

/** Asks before a click on the page changes a value that was fine. */
export function ProposalBar({ reviewing: { proposal, takeProposal, dropProposal } }: { reviewing: Reviewing }) {
  if (!proposal) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 py-1 text-sm">
      <span className="min-w-0 truncate">Use “{proposal.quote}”?</span>
      <Button size="small" kind="primary" onClick={takeProposal}>
        Use it <Kbd>⏎</Kbd>
      </Button>
      <Button size="small" kind="quiet" onClick={dropProposal}>
        No <Kbd>Esc</Kbd>
      </Button>
    </p>
  );
}
