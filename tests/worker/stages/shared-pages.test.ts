import { describe, expect, it } from 'vitest';
import type { PageRow } from '#lib/documents/progress.ts';
import type { Reporter } from '#worker/document/report.ts';
import { joinSharedPages } from '#worker/stages/shared-pages.ts';

const row = { pageNum: 4, source: 'text', title: null, engine: 'model' } as const;

/** A reporter that only notes its page rows. */
function notingReporter(rows: PageRow[]): Reporter {
  const nothing = () => {};
  const close = async () => {
    throw new Error('not closed here');
  };
  return {
    begin: nothing,
    advance: nothing,
    finish: nothing,
    fail: nothing,
    pages: nothing,
    pageAccount: nothing,
    remembered: nothing,
    page: (one) => rows.push(one),
    close,
  };
}

describe('the ledger of a page that two accounts share', () => {
  it('adds what both cost, and is failed when one of them failed', () => {
    const rows: PageRow[] = [];
    const report = joinSharedPages(notingReporter(rows));
    report.page({ ...row, status: 'failed', failureReason: 'model_bad_output', failureMessage: 'no', costUsd: 0.25 });
    report.page({ ...row, status: 'completed', costUsd: 0.5, tokensIn: 10 });
    expect(rows.at(-1)).toMatchObject({
      status: 'failed',
      failureReason: 'model_bad_output',
      costUsd: 0.75,
      tokensIn: 10,
      cached: false,
    });
  });

  it('leaves other pages alone', () => {
    const rows: PageRow[] = [];
    const report = joinSharedPages(notingReporter(rows));
    report.page({ ...row, status: 'failed' });
    report.page({ ...row, pageNum: 5, status: 'completed' });
    expect(rows.at(-1)).toMatchObject({ pageNum: 5, status: 'completed' });
  });
});
