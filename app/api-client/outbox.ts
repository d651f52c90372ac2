import { editsResponse, type EditsResponse, type Operation } from '#lib/core/contract/edits.ts';
import { ApiError, callApi } from './call.ts';

/** A change that is not saved yet. It is kept in the browser until the server has it. */
export interface Entry {
  /** Names the change: sent twice, it is done once. */
  id: string;
  operations: Operation[];
  /** The version of the session that the person saw. */
  base: number;
}

/** A change that the server did not take. */
export interface Refused extends Entry {
  reason: string;
}

export interface OutboxState {
  /** In the order in which they were made. */
  entries: readonly Entry[];
  refused: readonly Refused[];
  /** Why the first of them cannot be sent just now; null while it is on its way. */
  trouble: string | null;
}

/** The changes of one session on their way to the server, whichever screen is shown. */
export interface Outbox {
  state(): OutboxState;
  /** Called on every change of the state, and with every answer. */
  subscribe(onChange: () => void, onSaved?: (answer: EditsResponse) => void): () => void;
  /** Takes a change and gives its id. */
  add(operations: Operation[], base: number): string;
  /** Tries now what waits for its next try. */
  retry(): void;
  /** Sends a refused change on top of what the session is now. */
  resend(id: string, base: number): void;
  discard(id: string): void;
  /** Resolves when nothing waits any more; false when something cannot be sent or was refused. */
  settled(): Promise<boolean>;
}

const prefix = 'sluice.outbox.';
const firstPauseMs = 500;
const longestPauseMs = 15_000;

const outboxes = new Map<string, Outbox>();

/** The outbox of a session: the same one for all who ask. */
export function outboxOf(sessionId: string): Outbox {
  const known = outboxes.get(sessionId);
  if (known) return known;
  const made = makeOutbox(sessionId, kept(sessionId));
  outboxes.set(sessionId, made);
  return made;
}

/** Goes on with what an earlier page could not send. */
export function resumeOutboxes(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) outboxOf(key.slice(prefix.length)).retry();
  }
}

/** How many changes of all sessions are not saved. */
export function unsavedCount(): number {
  return [...outboxes.values()].reduce((sum, outbox) => sum + outbox.state().entries.length, 0);
}

/** Forgets all changes that are not saved: for signing out. */
export function emptyOutboxes(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  outboxes.clear();
}

function makeOutbox(sessionId: string, first: Pick<OutboxState, 'entries' | 'refused'>): Outbox {
  let state: OutboxState = { ...first, trouble: null };
  let pause: { end: () => void } | null = null;
  let running = false;
  const listeners = new Set<{ onChange: () => void; onSaved?: ((answer: EditsResponse) => void) | undefined }>();
  const put = (change: Partial<OutboxState>) => {
    state = { ...state, ...change };
    keep(sessionId, state);
    for (const { onChange } of listeners) onChange();
  };
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      pause = {
        end: () => {
          clearTimeout(timer);
          resolve();
        },
      };
    }).finally(() => (pause = null));

  const pump = async () => {
    if (running) return;
    running = true;
    let pauseMs = firstPauseMs;
    for (let entry = state.entries[0]; entry; entry = state.entries[0]) {
      try {
        const answer = await send(sessionId, entry);
        for (const { onSaved } of listeners) onSaved?.(answer);
        put({ entries: rebased(state.entries, entry, answer.version), trouble: null });
        pauseMs = firstPauseMs;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (isPassing(error)) {
          put({ trouble: error.message });
          await wait(pauseMs);
          pauseMs = Math.min(longestPauseMs, pauseMs * 2);
        } else {
          const refused = { ...entry, reason: error.message };
          put({ entries: without(state.entries, entry), refused: [...state.refused, refused], trouble: null });
        }
      }
    }
    running = false;
  };

  return {
    state: () => state,
    subscribe(onChange, onSaved) {
      const listener = { onChange, onSaved };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(operations, base) {
      const id = crypto.randomUUID();
      put({ entries: [...state.entries, { id, operations, base }] });
      void pump();
      return id;
    },
    retry() {
      pause?.end();
      void pump();
    },
    resend(id, base) {
      const again = state.refused.find((one) => one.id === id);
      if (!again) return;
      const { operations } = again;
      const entry = { id: crypto.randomUUID(), operations, base };
      put({ refused: state.refused.filter((one) => one.id !== id), entries: [...state.entries, entry] });
      void pump();
    },
    discard: (id) => put({ refused: state.refused.filter((one) => one.id !== id) }),
    settled() {
      if (state.trouble !== null) this.retry();
      return new Promise((resolve) => {
        const look = () => {
          const isOver = state.entries.length === 0 || state.trouble !== null;
          if (!isOver) return;
          listeners.delete(listener);
          resolve(state.entries.length === 0 && state.refused.length === 0);
        };
        const listener = { onChange: look };
        listeners.add(listener);
        look();
      });
    },
  };
}

function send(sessionId: string, { id, operations, base }: Entry): Promise<EditsResponse> {
  return callApi(`/api/sessions/${sessionId}/edits`, editsResponse, {
    method: 'POST',
    body: JSON.stringify({ base_version: base, change_id: id, operations }),
  });
}

/** The server is away, or has no time: it will come back. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** What was made on the version that a change was made on is made on the one that it gave, as no one else's came between. */
function rebased(entries: readonly Entry[], saved: Entry, version: number): Entry[] {
  const rest = without(entries, saved);
  return rest.map((entry) => (entry.base >= saved.base && entry.base < version ? { ...entry, base: version } : entry));
}

function without(entries: readonly Entry[], gone: Entry): Entry[] {
  return entries.filter(({ id }) => id !== gone.id);
}

function kept(sessionId: string): Pick<OutboxState, 'entries' | 'refused'> {
  try {
    const { entries, refused } = JSON.parse(localStorage.getItem(prefix + sessionId) ?? '{}') as Partial<OutboxState>;
    return { entries: entries ?? [], refused: refused ?? [] };
  } catch (error) {
    console.warn('Changes that were kept in this browser cannot be read', error);
    return { entries: [], refused: [] };
  }
}

function keep(sessionId: string, { entries, refused }: OutboxState): void {
  try {
    if (entries.length + refused.length === 0) localStorage.removeItem(prefix + sessionId);
    else localStorage.setItem(prefix + sessionId, JSON.stringify({ entries, refused }));
  } catch (error) {
    // A full or forbidden storage: the changes live as long as this page.
    console.warn('Changes cannot be kept in this browser', error);
  }
}
