import { eventHub } from '#app/api/events/hub.ts';
import { handle, queryOf } from '../handle.ts';

/** Server-Sent Events of all changes, or with `?session=` of one session's. */
export async function GET(request: Request) {
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
