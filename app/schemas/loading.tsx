import { PageFrame } from '#app/frame/page-frame.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: 'Schemas' }]}>
      <div className="flex h-14 items-center px-4">
        <Skeleton className="h-5 w-28" />
      </div>
      {Array.from({ length: 5 }, (_, row) => (
        <div key={row} className="flex h-12 items-center gap-8 border-b px-4">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 flex-1" />
        </div>
      ))}
    </PageFrame>
  );
}
