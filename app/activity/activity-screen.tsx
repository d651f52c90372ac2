'use client';

import { processorResponse, type ProcessorStatus } from '#lib/core/contract/workers.ts';
import type { ComponentProps, ReactNode } from 'react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { stageLabel } from '#app/labels/sessions.ts';
import { count } from '#app/ui/format.ts';
import { Notice } from '#app/ui/callout.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { RelativeTime } from '#app/ui/time.tsx';
import { Spending } from './spending.tsx';

const url = '/api/background-processor/status';
const lookAgainMs = 2000;

interface Props {
  first: ProcessorStatus;
  spending: ComponentProps<typeof Spending>['first'];
}

/** What all workers are doing, looked at every other second, and what may be spent. */
export function ActivityScreen({ first, spending }: Props) {
  const { data, error } = useSWR(url, async () => (await callApi(url, processorResponse)).status, {
    fallbackData: first,
    refreshInterval: lookAgainMs,
  });
  const status = data ?? first;
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 px-4 py-6 md:px-6">
      <h1 className="text-xl font-semibold tracking-tight">Activity</h1>
      {error ? (
        <Notice tone="orange" title="This screen is out of date">
          Retrying every two seconds.
        </Notice>
      ) : null}
      {status.running ? null : (
        <Notice tone="red" title="No worker is running">
          Documents wait in the queue. Start one with <code className="font-mono">npm run worker</code>.
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line md:grid-cols-4">
        <Figure label="Queued" value={status.queued} />
        <Figure label="Running" value={status.active} detail={`of ${count(status.max_workers)} slots`} />
        <Figure label="Completed" value={status.completed} />
        <Figure label="Failed" value={status.failed} />
      </dl>
      <Part title="Running documents" isEmpty={status.documents.length === 0} empty="Nothing is running.">
        {status.documents.map(({ id, name, stage, progress }) => (
          <li key={id} className="flex h-10 items-center gap-4 px-3">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="w-32 truncate text-muted max-md:w-24">{stageLabel(stage)}</span>
            <Progress value={progress} label={`Progress of ${name}`} className="w-40 max-md:w-16" />
          </li>
        ))}
      </Part>
      <Part title="Workers" isEmpty={status.workers.length === 0} empty="No active workers.">
        {status.workers.map(({ name, host, slots, active, isolation, heartbeat_at }) => (
          <li key={name} className="flex min-h-10 flex-wrap items-center gap-x-4 px-3 py-1.5">
            <span className="min-w-0 flex-1 truncate font-mono text-xs" title={name}>
              {name}
            </span>
            <span className="text-muted max-md:hidden">{host}</span>
            <span className="w-32 tabular-nums">
              {active} of {slots} slots busy
            </span>
            <span className="text-muted max-md:hidden" title="Reader isolation">
              {isolation}
            </span>
            <span className="w-32 text-right text-muted">
              last seen <RelativeTime iso={heartbeat_at} />
            </span>
          </li>
        ))}
      </Part>
      <Spending first={spending} />
    </div>
  );
}

function Figure({ label, value, detail }: { label: string; value: number; detail?: string }) {
  return (
    <div className="bg-canvas px-4 py-3">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className="text-xl font-semibold tracking-tight tabular-nums">
        {count(value)}
        {detail ? <span className="ml-1.5 text-sm font-normal tracking-normal text-muted">{detail}</span> : null}
      </dd>
    </div>
  );
}

function Part({
  title,
  isEmpty,
  empty,
  children,
}: {
  title: string;
  isEmpty: boolean;
  empty: string;
  children: ReactNode;
}) {
  return (
    <section>
      <h2 className="mb-2 font-medium">{title}</h2>
      {isEmpty ? (
        <p className="rounded-md border px-3 py-2.5 text-sm text-muted">{empty}</p>
      ) : (
        <ul className="divide-y rounded-md border text-sm">{children}</ul>
      )}
    </section>
  );
}
