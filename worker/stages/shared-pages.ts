import type { PageRow } from '#lib/documents/progress.ts';
import type { Reporter } from '../document/report.ts';

/** A reporter that writes one ledger row for a page that is read for several accounts: costs added, a failure kept. */
export function joinSharedPages(report: Reporter): Reporter {
  const rows = new Map<number, PageRow>();
  return {
    ...report,
    page(row) {
      const before = rows.get(row.pageNum);
      const joined = before ? joinRows(before, row) : row;
      rows.set(row.pageNum, joined);
      report.page(joined);
    },
  };
}

function joinRows(one: PageRow, other: PageRow): PageRow {
  const failed = [one, other].find((row) => row.status === 'failed');
  return {
    ...one,
    ...other,
    ...(failed && {
      status: failed.status,
      failureReason: failed.failureReason,
      failureMessage: failed.failureMessage,
    }),
    cached: Boolean(one.cached && other.cached),
    ms: Math.max(one.ms ?? 0, other.ms ?? 0),
    tokensIn: (one.tokensIn ?? 0) + (other.tokensIn ?? 0),
    tokensCached: (one.tokensCached ?? 0) + (other.tokensCached ?? 0),
    tokensOut: (one.tokensOut ?? 0) + (other.tokensOut ?? 0),
    costUsd: (one.costUsd ?? 0) + (other.costUsd ?? 0),
  };
}
