import { ChevronLeft, ChevronRight, SkipForward } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { count, counted } from '#app/ui/format.ts';
import { Tooltip } from '#app/ui/tooltip.tsx';
import type { ReviewQueue } from './state/use-queue.ts';

/** Where the session stands among those that are reviewed one after the other. */
export function QueueBar({ queue }: { queue: ReviewQueue }) {
  const { at, total, title, listHref, previous, next, skip, done } = queue;
  return (
    <nav aria-label="Review queue" className="flex items-center gap-1 text-sm text-muted">
      {at === null ? null : (
        <Link href={listHref} className="rounded-sm tabular-nums hover:underline">
          {count(at)} of {count(total)} · {title}
        </Link>
      )}
      <Tooltip label="Previous session">
        <Button
          kind="quiet"
          size="smallIcon"
          aria-label="Previous session"
          disabled={!previous}
          onClick={() => previous?.()}
        >
          <ChevronLeft />
        </Button>
      </Tooltip>
      <Tooltip label="Next session">
        <Button kind="quiet" size="smallIcon" aria-label="Next session" disabled={!next} onClick={() => next?.()}>
          <ChevronRight />
        </Button>
      </Tooltip>
      <Tooltip label="Leave it as it is, and open the next" keys="s">
        <Button kind="quiet" size="small" onClick={skip}>
          <SkipForward />
          Skip
        </Button>
      </Tooltip>
      <Dialog open={done !== null} onOpenChange={() => {}} title="That was the last one">
        <div className="flex flex-col gap-4 text-sm">
          <p>
            {done ? `${counted(done.verified, 'session')} verified` : ''}
            {done && done.skipped > 0 ? `, ${count(done.skipped)} skipped` : ''}.
          </p>
          <Link href={listHref} className="self-start rounded-sm text-link hover:underline">
            Back to All Sessions
          </Link>
        </div>
      </Dialog>
    </nav>
  );
}
