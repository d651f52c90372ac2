import type { DocumentSummary } from '#lib/core/contract/sessions.ts';
import { Button } from '#app/ui/button.tsx';
import { Mark } from '#app/ui/mark.tsx';
import type { Failure } from '#lib/core/failures.ts';

interface Props {
  document: DocumentSummary;
  /** Absent: the whole document. */
  pageNum?: number;
  failure: Failure | null;
  onRetry: (() => void) | undefined;
}

/** Says in its place why a page or a document gave nothing. */
export function Failed({ document, pageNum, failure, onRetry }: Props) {
  if (!failure && document.status === 'completed') {
    return (
      <p className="grid flex-1 place-items-center p-6 text-muted">
        An archive has no pages: the files in it are documents of their own.
      </p>
    );
  }
  if (!failure) {
    return <p className="grid flex-1 place-items-center p-6 text-muted">Pages appear once they have been counted.</p>;
  }
  const what = pageNum === undefined ? document.name : `Page ${pageNum + 1}`;
  const words = (
    <>
      <Mark tone="red" shape="cross" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{what} failed.</span> <span className="text-muted">{failure.message}</span>
      </p>
      {onRetry ? (
        <Button size="small" onClick={onRetry}>
          Retry
        </Button>
      ) : null}
    </>
  );
  if (pageNum !== undefined) return <div className="flex h-16 items-center gap-3 text-sm">{words}</div>;
  return (
    <div className="grid flex-1 place-items-center p-6">
      <div className="flex max-w-120 items-center gap-3 rounded-md border bg-canvas p-4 text-sm">{words}</div>
    </div>
  );
}
