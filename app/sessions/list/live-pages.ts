import type { SessionPage, SessionSummary } from '#lib/core/contract/sessions.ts';

// The pages of the list, kept current by events. Newest first; ids sort by time.

export function includes(pages: readonly SessionPage[], id: string): boolean {
  return pages.some((page) => page.sessions.some((session) => session.id === id));
}

/** The session in its row; rows stay where they are. */
function replace(pages: SessionPage[], session: SessionSummary): SessionPage[] {
  return pages.map((page) => ({
    ...page,
    sessions: page.sessions.map((row) => (row.id === session.id ? session : row)),
  }));
}

/** Whether a session that is not in the list was made after its first row: older ones come with a later page. */
export function isNew(pages: readonly SessionPage[], session: SessionSummary): boolean {
  const newest = pages[0]?.sessions[0];
  return !newest || session.id > newest.id;
}

function prepend(pages: SessionPage[], sessions: readonly SessionSummary[]): SessionPage[] {
  const added = sessions.filter(({ id }) => !includes(pages, id)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return pages.map((page, index) => ({
    ...page,
    sessions: index === 0 ? [...added, ...page.sessions] : page.sessions,
    count: { ...page.count, number: page.count.number + added.length },
  }));
}

export function keepOnly(pages: SessionPage[], isKept: (session: SessionSummary) => boolean): SessionPage[] {
  const dropped = pages.flatMap((page) => page.sessions).filter((session) => !isKept(session)).length;
  if (dropped === 0) return pages;
  return pages.map((page) => ({
    ...page,
    sessions: page.sessions.filter(isKept),
    count: { ...page.count, number: Math.max(0, page.count.number - dropped) },
  }));
}

/**
 * A changed session in its place: in its row, above all rows when it is new, or gone when it no longer fits. While the list
 * is held, no row comes or goes.
 */
export function place(
  pages: SessionPage[],
  session: SessionSummary,
  { fits, isHeld }: { fits: (isShown: boolean) => boolean; isHeld: boolean },
): SessionPage[] {
  if (!includes(pages, session.id)) {
    return !isHeld && fits(false) && isNew(pages, session) ? prepend(pages, [session]) : pages;
  }
  return isHeld || fits(true) ? replace(pages, session) : keepOnly(pages, ({ id }) => id !== session.id);
}
