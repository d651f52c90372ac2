import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { counted } from '#app/ui/format.ts';
import { Skeleton } from '#app/ui/skeleton.tsx';

/** In the place of values: they are still to come, or never will. */
export function NoValues({ session: { status, documents_total } }: { session: SessionDetail }) {
  if (status !== 'processing') {
    return <p className="text-muted">No values: {counted(documents_total, 'document')} gave no result.</p>;
  }
  return (
    <section aria-label="Values" aria-busy>
      <h2 className="mb-2 font-medium">Values</h2>
      <div className="divide-y rounded-md border">
        {Array.from({ length: 6 }, (_, row) => (
          <div key={row} className="flex h-10 items-center gap-6 px-3">
            <Skeleton className="h-3 w-32" />
            <Skeleton className="h-3 w-56" />
          </div>
        ))}
      </div>
      <p className="mt-2 text-sm text-muted">Values appear as soon as a document is done.</p>
    </section>
  );
}
