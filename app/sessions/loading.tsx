import { PageFrame } from '#app/frame/page-frame.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { SessionTable, SkeletonRows } from './list/session-table.tsx';

export default function Loading() {
  return (
    <PageFrame crumbs={[{ label: 'Sessions' }]}>
      <div className="flex h-14 items-center px-4">
        <Skeleton className="h-5 w-32" />
      </div>
      <SessionTable>
        <SkeletonRows rows={8} />
      </SessionTable>
    </PageFrame>
  );
}
