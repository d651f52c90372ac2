import type { ValueView } from '#lib/core/contract/results.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** One account as `GET …/results` answers it, as far as it is judged. */
export interface Account {
  document_id: string;
  data: Record<string, unknown>;
  fields: ValueView[];
}

export interface WordView {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface SessionView {
  id: string;
  status: string;
  run: number;
  failure: { reason: string; message: string } | null;
}

/** An answer that says it did not work. */
export class EvalError extends Error {
  override name = 'EvalError';
}

/** Which schema version and engine extract; the schema's own when null. */
export interface Variant {
  version: number | null;
  engine: string | null;
}

/** A running Sluice, spoken to over HTTP as any program would. */
export function openClient(url: string, timeoutMs: number) {
  const call = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(url + path, init);
    const answer: T & { success?: boolean } = await response.json();
    if (!response.ok || answer.success === false)
      throw new EvalError(`${init?.method ?? 'GET'} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const pages = new Map<string, Promise<{ page: { words: WordView[] } }>>();

  /** Waits until a run has ended. */
  const ended = async (id: string, run: number): Promise<SessionView> => {
    for (const until = Date.now() + timeoutMs; Date.now() < until; await sleep(100)) {
      const { session } = await call<{ session: SessionView }>(`/api/sessions/${id}`);
      if (session.status !== 'processing' && session.run >= run) return session;
    }
    throw new EvalError(`session ${id} was not finished within ${timeoutMs / 1000} s`);
  };

  return {
    putSchema: (slug: string, definition: unknown) =>
      call(`/api/schemas/${slug}`, { method: 'PUT', body: JSON.stringify(definition) }),

    /** Gives the session's id once its first run has ended. */
    async upload(name: string, content: Uint8Array<ArrayBuffer>, slug: string): Promise<SessionView> {
      const form = new FormData();
      form.append('files', new Blob([content]), name);
      form.append('schema', slug);
      const { session } = await call<{ session: SessionView }>('/api/sessions', { method: 'POST', body: form });
      return ended(session.id, session.run);
    },

    /** Extracts once more, as a variant says, and waits for the end. */
    async extract(id: string, { version, engine }: Variant): Promise<SessionView> {
      const order = { scope: 'all', ...(version === null ? {} : { version }), ...(engine === null ? {} : { engine }) };
      const { session } = await call<{ session: SessionView }>(`/api/sessions/${id}/extract`, {
        method: 'POST',
        body: JSON.stringify(order),
      });
      return ended(id, session.run);
    },

    async results(id: string): Promise<Account[]> {
      return (await call<{ accounts: Account[] }>(`/api/sessions/${id}/results`)).accounts;
    },

    async words(documentId: string, pageNum: number): Promise<WordView[]> {
      const path = `/api/document/${documentId}/page/${pageNum}/words`;
      const page = pages.get(path) ?? call<{ page: { words: WordView[] } }>(path);
      pages.set(path, page);
      return (await page).page.words;
    },
  };
}

export type Client = ReturnType<typeof openClient>;
