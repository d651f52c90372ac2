'use client';

import type { SessionSummary } from '#lib/core/contract/sessions.ts';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { columnCount } from './columns.ts';

/** Fewer rows are all drawn: then the browser finds every word of them. */
const maxRows = 150;
/** Pixels of a row that was not measured yet. */
const usualHeight = 40;
const overscan = 12;

interface Props {
  sessions: readonly SessionSummary[];
  /** The rows of one session. */
  children: (session: SessionSummary) => ReactNode;
}

/** The rows of the table; of many only those near the view, so that thousands scroll as smoothly as ten. */
export function Rows({ sessions, children }: Props) {
  if (sessions.length > maxRows) return <NearRows sessions={sessions}>{children}</NearRows>;
  return sessions.map((session) => <tbody key={session.id}>{children(session)}</tbody>);
}

function NearRows({ sessions, children }: Props) {
  const start = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useEffect(() => {
    setScrollMargin((start.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  // oxlint-disable-next-line react/incompatible-library -- it is not memoized here either
  const rows = useWindowVirtualizer({
    count: sessions.length,
    estimateSize: () => usualHeight,
    getItemKey: (index) => sessions[index]?.id ?? index,
    overscan,
    scrollMargin,
  });
  const shown = rows.getVirtualItems();
  const before = (shown[0]?.start ?? scrollMargin) - scrollMargin;
  const after = rows.getTotalSize() - ((shown.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    <>
      <tbody ref={start}>
        <Space height={before} />
      </tbody>
      {shown.map(({ key, index }) => {
        const session = sessions[index];
        return session ? (
          <tbody key={key} data-index={index} ref={rows.measureElement}>
            {children(session)}
          </tbody>
        ) : null;
      })}
      <tbody>
        <Space height={after} />
      </tbody>
    </>
  );
}

function Space({ height }: { height: number }) {
  return (
    <tr>
      <td aria-label="Rows out of view" colSpan={columnCount} style={{ height }} className="p-0" />
    </tr>
  );
}
