import type { SessionPage, SessionSummary } from '#lib/core/contract/sessions.ts';
import { describe, expect, it } from 'vitest';
import { listUrl, matches } from '#app/sessions/list/filter.ts';
import { isNew, keepOnly, place } from '#app/sessions/list/live-pages.ts';

function session(id: string, change: Partial<SessionSummary> = {}): SessionSummary {
  return {
    id,
    name: `session ${id}`,
    schema: { slug: 'invoice', name: 'Invoice', version: 1 },
    engine: 'builtin',
    model: null,
    run: 1,
    status: 'processing',
    partial: false,
    waiting: null,
    priority: 'normal',
    progress: 0,
    stage: 'queued',
    documents_total: 1,
    documents_done: 0,
    pages_total: 0,
    pages_processed: 0,
    pages_failed: 0,
    accounts: 0,
    needs_attention: 0,
    cost_usd: 0,
    failure: null,
    version: 1,
    created_at: '2026-03-14T12:00:00Z',
    started_at: null,
    finished_at: null,
    ...change,
  };
}

function page(...ids: string[]): SessionPage {
  return { sessions: ids.map((id) => session(id)), next_cursor: null, count: { number: 4, exact: true } };
}

const idsOf = (pages: SessionPage[]) => pages.map((each) => each.sessions.map(({ id }) => id));

describe('the pages of All Sessions', () => {
  const pages = [page('d', 'c'), page('b', 'a')];

  const live = { fits: () => true, isHeld: false };

  it('change a row in its place', () => {
    const changed = place(pages, session('c', { progress: 50 }), live);
    expect(idsOf(changed)).toEqual([
      ['d', 'c'],
      ['b', 'a'],
    ]);
    expect(changed[0]?.sessions[1]?.progress).toBe(50);
  });

  it('take new rows at the top, each once, and count them', () => {
    const changed = ['e', 'f', 'd'].reduce((sofar, id) => place(sofar, session(id), live), pages);
    expect(idsOf(changed)).toEqual([
      ['f', 'e', 'd', 'c'],
      ['b', 'a'],
    ]);
    expect(changed[0]?.count.number).toBe(6);
  });

  it('keep the second of two events about a new session that come before anything is drawn', () => {
    const first = place(pages, session('e'), live);
    const second = place(first, session('e', { status: 'in_progress', progress: 100 }), live);
    expect(second[0]?.sessions[0]).toMatchObject({ id: 'e', status: 'in_progress', progress: 100 });
  });

  it('let no row come or go while they are held, and drop what no longer fits when they are not', () => {
    const fits = () => false;
    expect(idsOf(place(pages, session('e'), { fits, isHeld: true }))).toEqual(idsOf(pages));
    expect(idsOf(place(pages, session('c'), { fits, isHeld: true }))).toEqual(idsOf(pages));
    expect(idsOf(place(pages, session('c'), { fits, isHeld: false }))).toEqual([['d'], ['b', 'a']]);
    expect(idsOf(place(pages, session('e'), { fits, isHeld: false }))).toEqual(idsOf(pages));
  });

  it('drop rows that no longer belong, and count them off', () => {
    const changed = keepOnly(pages, ({ id }) => id !== 'b');
    expect(idsOf(changed)).toEqual([['d', 'c'], ['a']]);
    expect(changed[0]?.count.number).toBe(3);
  });

  it('tell a new session from one of a page that is not loaded yet', () => {
    expect(isNew(pages, session('e'))).toBe(true);
    expect(isNew([page('d', 'c')], session('b'))).toBe(false);
    expect(isNew([page()], session('a'))).toBe(true);
  });
});

describe('the filter', () => {
  it('asks for names without regard to case, as the server does', () => {
    expect(matches({ q: 'SESSION' }, session('a'), false)).toBe(true);
    expect(matches({ q: 'other' }, session('a'), false)).toBe(false);
  });

  it('keeps what the server found by a value', () => {
    expect(matches({ q: 'other' }, session('a'), true)).toBe(true);
    expect(matches({ q: 'other', status: 'failed' }, session('a'), true)).toBe(false);
  });

  it('asks for state and schema', () => {
    expect(matches({ status: 'failed' }, session('a'), false)).toBe(false);
    expect(matches({ status: 'processing', schema: 'invoice' }, session('a'), false)).toBe(true);
    expect(matches({ schema: 'receipt' }, session('a'), false)).toBe(false);
  });

  it('is the same address for the same question', () => {
    expect(listUrl({})).toBe('/api/sessions');
    expect(listUrl({ q: 'a b', status: 'failed' }, 'x')).toBe('/api/sessions?status=failed&q=a+b&cursor=x');
  });
});
