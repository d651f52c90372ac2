import { type SessionSummary, sessionSummary } from '#lib/core/contract/sessions.ts';
import { z } from 'zod';
import type { LiveMessage } from './live-channel.ts';

export type LiveEvent =
  | { kind: 'session'; session: SessionSummary }
  | { kind: 'deleted'; id: string }
  /** Something may have been missed: read again what is shown. */
  | { kind: 'ready' };

const deletedSchema = z.object({ id: z.string() });

/**
 * A frame of `GET /api/events`. The server may be newer than this tab: a frame that it cannot read still says that
 * something changed.
 */
export function parseLiveEvent({ event, data }: Extract<LiveMessage, { event: string }>): LiveEvent {
  const body = jsonOrNull(data);
  if (event === 'session') {
    const session = sessionSummary.safeParse(body);
    if (session.success) return { kind: 'session', session: session.data };
  }
  if (event === 'deleted') {
    const deleted = deletedSchema.safeParse(body);
    if (deleted.success) return { kind: 'deleted', id: deleted.data.id };
  }
  return { kind: 'ready' };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
