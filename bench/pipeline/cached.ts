import { Agent, get } from 'node:http';
import { Pool } from 'pg';
import { getSession } from '#lib/sessions/get.ts';
import { startWorkerProcess } from '#tests/support/worker-process.ts';
import { startBare } from './bare.ts';
import { onGround } from './ground.ts';
import { inTurns, type Line, lineOf, medianOf, timed } from './line.ts';
import { putOrders, ready, startSlowModel, uploadOrders } from './orders.ts';
import { startWeb } from './web.ts';

const samples = 100;
const pages = 50;

/** A page's remembered data over the API, against a bare server that reads one indexed row for each request. */
export async function cachedData(): Promise<Line[]> {
  const model = await startSlowModel(1, { from: 1, to: 2 });
  return onGround(async (ground) => {
    const { context, url } = ground;
    await putOrders(context);
    const worker = await startWorkerProcess(context, model.settings);
    const id = await uploadOrders(context, [pages]);
    await ready(context, id);
    await worker.stop();
    const { documents } = await getSession(context, id);
    const document = documents[0]?.id ?? '';
    const web = await startWeb(ground);
    const bare = await startBareServer(url);
    const before = model.slept().length;
    let number = 0;
    const ours = () => asked(`${web.url}/api/document/${document}/page/${number++ % pages}/cached-data`);
    const base = () => asked(`${bare.url}/${document}/${number % pages}`);
    try {
      const rounds = await inTurns({ rounds: 7, samples }, ours, base);
      const calls = model.slept().length;
      const floor = await medianOf(5 * samples, () => asked(`${web.url}/api/document/none/page/0/cached-data`, 404));
      const note = `${calls} model calls (${before} to extract); an answer that asks nothing takes ${floor.toFixed(2)} ms of it`;
      const what = 'cached-data endpoint / one indexed SELECT over HTTP';
      return [lineOf({ what, unit: 'ms', rounds, target: { atMost: 3 }, note })];
    } finally {
      await Promise.all([bare.close(), web.stop(), model.server.close()]);
    }
  }, model.settings);
}

/** As little as can answer with a row: Node's server and a pooled connection. */
function startBareServer(connectionString: string) {
  const pool = new Pool({ connectionString });
  const text = 'select data from page_accounts where document_id = $1 and page_num = $2';
  return startBare(
    (url, response) => {
      const [, id, page] = url.split('/');
      pool.query({ name: 'page', text, values: [id, page] }).then(
        ({ rows }) => response.setHeader('content-type', 'application/json').end(JSON.stringify(rows[0])),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    },
    () => pool.end(),
  );
}

const agent = new Agent({ keepAlive: true });

/** Milliseconds until the whole answer is here, on a connection that stays open. */
function asked(url: string, status = 200): Promise<number> {
  return timed(
    () =>
      new Promise<void>((resolve, reject) => {
        get(url, { agent }, (response) => {
          if (response.statusCode !== status) reject(new Error(`answered with ${response.statusCode}`));
          response.resume().once('end', resolve);
        }).once('error', reject);
      }),
  );
}
