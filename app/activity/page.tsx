import type { Metadata } from 'next';
import { PageFrame } from '#app/frame/page-frame.tsx';
import { appContext } from '#lib/app-context.ts';
import { getProcessorStatus } from '#lib/workers/status.ts';
import { ActivityScreen } from './activity-screen.tsx';

export const metadata: Metadata = { title: 'Activity' };
export const dynamic = 'force-dynamic';

export default async function ActivityPage() {
  const { db } = await appContext();
  return (
    <PageFrame crumbs={[{ label: 'Activity' }]}>
      <ActivityScreen first={await getProcessorStatus(db)} />
    </PageFrame>
  );
}
