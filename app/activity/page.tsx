import type { Metadata } from 'next';
import { PageFrame } from '#app/shell/page-frame.tsx';
import { requestContext } from '#app/request-context.ts';
import { getSettings } from '#lib/usage/get-settings.ts';
import { spentThisMonth } from '#lib/usage/budget.ts';
import { getProcessorStatus } from '#lib/workers/status.ts';
import { ActivityScreen } from './activity-screen.tsx';

export const metadata: Metadata = { title: 'Activity' };
export const dynamic = 'force-dynamic';

export default async function ActivityPage() {
  const context = await requestContext();
  const [settings, spent_month_usd] = await Promise.all([getSettings(context), spentThisMonth(context.db)]);
  return (
    <PageFrame crumbs={[{ label: 'Activity' }]}>
      <ActivityScreen first={await getProcessorStatus(context)} spending={{ settings, spent_month_usd }} />
    </PageFrame>
  );
}
