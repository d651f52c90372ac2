import { handle, queryOf } from '#app/api/respond.ts';
import { eventHub } from '#lib/event-hub.ts';

/** `GET /api/events?session=`: Server-Sent Events of all changes, or of one session's. */
export function events(request: Request): Promise<Response> {
  return handle(async (context) => {
    const hub = await eventHub(context);
    return new Response(hub.open(queryOf(request).session ?? null, request.signal), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  });
}
