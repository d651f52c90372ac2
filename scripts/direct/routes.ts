import { events } from './events.ts';
import { originalFile } from './original-file.ts';
import type { Handler } from './serve.ts';

interface DirectRoute {
  handler: Handler;
  /** Its answers never end by themselves. */
  isEndless: boolean;
}

/** The routes that are served without Next, and why: docs/decisions/0012-routes-outside-next.md. null: Next's. */
export function directRoute(method: string | undefined, url: string): DirectRoute | null {
  const path = url.split('?', 1)[0] ?? '';
  if (method === 'GET' && path === '/api/events') return { handler: events, isEndless: true };
  const documentId = /^\/api\/document\/([^/]+)\/file$/.exec(path)?.[1];
  if ((method === 'GET' || method === 'HEAD') && documentId !== undefined) {
    return { handler: (request) => originalFile(request, documentId), isEndless: false };
  }
  return null;
}
