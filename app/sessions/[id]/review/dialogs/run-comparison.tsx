'use client';

import { resultsResponse } from '#lib/core/contract/results.ts';
import type { SessionDetail } from '#lib/core/contract/sessions.ts';
import { useState } from 'react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { differencesOf } from './run-differences.ts';

/** Where two runs of a session differ, value by value. */
export function RunComparison({ session }: { session: SessionDetail }) {
  const [runs, setRuns] = useState<readonly [number, number]>([session.run - 1, session.run]);
  const load = (run: number) => callApi(`/api/sessions/${session.id}/results?run=${run}`, resultsResponse);
  const { data } = useSWR(['runs', session.id, ...runs, session.version], async () => Promise.all(runs.map(load)));
  const [first, second] = data ?? [];
  const differences = first && second ? differencesOf(first.accounts, second.accounts) : null;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        {([0, 1] as const).map((side) => (
          <select
            key={side}
            aria-label={side === 0 ? 'Run A' : 'Run B'}
            value={runs[side]}
            onChange={(event) =>
              setRuns(side === 0 ? [Number(event.target.value), runs[1]] : [runs[0], Number(event.target.value)])
            }
            className="h-8 rounded-md border border-edge bg-canvas px-2"
          >
            {Array.from({ length: session.run }, (_, index) => (
              <option key={index} value={index + 1}>
                Run {index + 1}
              </option>
            ))}
          </select>
        ))}
      </div>
      {differences === null ? <p className="text-muted">Loading…</p> : null}
      {differences?.length === 0 ? <p className="text-muted">No differences.</p> : null}
      {differences && differences.length > 0 ? (
        <table className="w-full text-left">
          <thead className="text-xs text-faint">
            <tr>
              <th className="py-1 font-medium">Value</th>
              <th className="py-1 font-medium">Run {runs[0]}</th>
              <th className="py-1 font-medium">Run {runs[1]}</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {differences.map(({ name, before, after }) => (
              <tr key={name}>
                <td className="py-1 pr-3 font-mono text-xs">{name}</td>
                <td className="py-1 pr-3 break-words">{before}</td>
                <td className="py-1 break-words">{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
