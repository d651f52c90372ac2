import { type ClientRequest, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { startBare } from './bare.ts';
import { watchCommits } from './commits.ts';
import { onGround } from './ground.ts';
import { inTurns, type Line, lineOf, median } from './line.ts';
import { openRawNotify } from './notify.ts';
import { putOrders, uploadOrders } from './orders.ts';
import { startWeb } from './web.ts';

const clientCount = 100;
const samples = 15;
/** Longer than changes are gathered after one was told. */
const pauseMs = 150;

/** From the commit of a change until a browser's event stream has it, while 100 are open; against a bare NOTIFY. */
export function commitToEvent(): Promise<Line[]> {
  return onGround(async (ground) => {
    const { context, url } = ground;
    await putOrders(context, 'builtin');
    const id = await uploadOrders(context, [1]);
    const web = await startWeb(ground);
    const raw = await openRawNotify(url);
    const watched = watchCommits(context);
    const clients = await Promise.all(Array.from({ length: clientCount }, () => openClient(`${web.url}/api/events`)));
    const bare = await openBareClients(url);
    const last: number[] = [];
    const bareTimes: number[] = [];
    let number = 0;
    const once = async () => {
      const heard = Promise.all(clients.map((client) => client.next()));
      await setPriority(watched.context, { id, priority: number++ % 2 === 0 ? 'high' : 'low' });
      const times = (await heard).map((at) => at - watched.committedAt());
      last.push(Math.max(...times));
      bareTimes.push(await bare.once());
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return median(times);
    };
    try {
      const rounds = await inTurns({ rounds: 7, samples }, once, () => raw.once());
      const note = `the median client; the last of ${clientCount} after ${median(last).toFixed(1)} ms; a bare server that only writes to as many takes ${median(bareTimes).toFixed(1)} ms`;
      const what = `commit → event at ${clientCount} SSE clients / raw NOTIFY`;
      return [lineOf({ what, unit: 'ms', rounds, target: { atMost: 3 }, note })];
    } finally {
      for (const client of clients) client.close();
      await bare.close();
      await raw.close();
      await web.stop();
    }
  });
}

const frame = `event: session\ndata: ${JSON.stringify({ padding: 'x'.repeat(700) })}\n\n`;

/** The least that as many clients take: a bare server in this process hears a bare NOTIFY and writes a frame to each. */
async function openBareClients(connectionString: string) {
  const raw = await openRawNotify(connectionString);
  const responses = new Set<ServerResponse>();
  const server = await startBare(
    (_url, response) => {
      responses.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
      response.write('event: ready\n\n');
    },
    () => raw.close(),
  );
  const clients = await Promise.all(Array.from({ length: clientCount }, () => openClient(server.url)));
  return {
    async once() {
      const heard = Promise.all(clients.map((client) => client.next()));
      const { committedAt } = await raw.hear(() => {
        for (const response of responses) response.write(frame);
      });
      return median((await heard).map((at) => at - committedAt));
    },
    async close() {
      for (const client of clients) client.close();
      await server.close();
    },
  };
}

/** An event stream; `next` gives when the next frame about a session came. */
async function openClient(url: string) {
  let tell: (at: number) => void = () => {};
  const request: ClientRequest = get(url, { agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const ready = new Promise<void>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      if (chunk.includes('event: session')) tell(performance.now());
      else if (chunk.includes('event: ready')) resolve();
    });
  });
  await ready;
  return {
    next: () => new Promise<number>((resolve) => (tell = resolve)),
    close: () => request.destroy(),
  };
}
