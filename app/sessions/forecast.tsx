'use client';

import { type Forecast, type SessionSummary, forecastResponse } from '#lib/core/contract/sessions.ts';
import Link from 'next/link';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { count, duration } from '#app/ui/format.ts';
import { RelativeTime } from '#app/ui/time.tsx';

const lookEveryMs = 5000;

/** What is to be expected of a session: looked at again while it runs. */
export function useForecast({ id, status }: Pick<SessionSummary, 'id' | 'status'>): Forecast | undefined {
  const { data } = useSWR([`/api/sessions/${id}/outlook`, status], ([url]) => callApi(url, forecastResponse), {
    refreshInterval: status === 'processing' ? lookEveryMs : 0,
    keepPreviousData: true,
  });
  return data?.outlook;
}

/** Both of a session that has no values yet. */
export function SessionForecast({ session }: { session: SessionSummary }) {
  const outlook = useForecast(session);
  if (!outlook) return null;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <Expectation outlook={outlook} />
      <Duplicates outlook={outlook} />
    </div>
  );
}

/** Its place in the queue, and about how long it takes; nothing where neither is known. */
export function Expectation({ outlook }: { outlook: Forecast }) {
  const { queued_before: before, seconds_left: seconds } = outlook;
  const place = before === null ? null : before === 0 ? 'Next in the queue' : `${count(before)} ahead in the queue`;
  const left = seconds === null ? null : `about ${duration(seconds * 1000)} left`;
  const text = [place, left].filter(Boolean).join(', ');
  return text === '' ? null : <p className="text-muted tabular-nums">{text[0]?.toUpperCase() + text.slice(1)}</p>;
}

/** The same file was extracted before: perhaps that is all that somebody wants to know. */
export function Duplicates({ outlook }: { outlook: Forecast }) {
  if (outlook.duplicates.length === 0) return null;
  return (
    <ul className="text-muted">
      {outlook.duplicates.slice(0, 3).map(({ document_id, session_id, name, created_at }) => (
        <li key={document_id}>
          The same file is in{' '}
          <Link href={`/sessions/${session_id}`} className="text-link underline underline-offset-2">
            {name}
          </Link>
          {' · '}
          <RelativeTime iso={created_at} />
        </li>
      ))}
    </ul>
  );
}
