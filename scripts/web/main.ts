import '#lib/env-file.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { openDatabase } from '#lib/db/client.ts';
import { checkVersion, VersionError } from '#lib/db/version.ts';
import { EnvError, parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { refuseRequest, trustNoProxy } from '#scripts/web/guard.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { loadRoutes } from './routes.ts';
import { serveDirectly } from './serve.ts';

const log = createLogger('web');
const root = fileURLToPath(new URL('../..', import.meta.url));
const isDev = process.argv.includes('--dev');
/** Requests in progress may continue for so long after SIGTERM. */
const graceMs = 5000;
/** Of a refused request. */
const maxDrainedBytes = 64 * 1024;

try {
  await main();
} catch (error) {
  if (error instanceof EnvError || error instanceof VersionError) log.fatal(error.message);
  else log.fatal({ err: error }, 'the web application could not start');
  process.exit(1);
}

async function main() {
  const env = parseEnv(process.env);
  if (!env.DATABASE_URL)
    throw new EnvError('DATABASE_URL is not set: use npm start, which brings a database, or set it to your own');
  await refuseOtherVersion(env.DATABASE_URL);
  if (!isDev && !existsSync(join(root, '.next/BUILD_ID')))
    throw new EnvError('The web application has not been built: run npm run build');
  const app = next({
    dev: isDev,
    dir: root,
    hostname: env.HOST,
    port: env.PORT,
  });
  const [routes] = await Promise.all([loadRoutes(join(root, 'app')), app.prepare()]);
  const answer = app.getRequestHandler();
  const answers = new Set<ServerResponse>();
  const upgraded = new Set<Duplex>();
  const server = createServer((request, response) => {
    if (refused(request, response)) return;
    const handler = routes.find(request.method ?? 'GET', request.url ?? '/');
    if (!handler) return void answer(request, response);
    answers.add(response.once('close', () => answers.delete(response)));
    void serveDirectly(handler, request, response, log);
  });
  // Next takes up the live reloading of pages by itself: a foreign page must not reach that either.
  server.prependListener('upgrade', (request, socket) => {
    if (refuseRequest('POST', request.url ?? '/', request.headers)) socket.destroy();
    upgraded.add(socket.once('close', () => upgraded.delete(socket)));
  });
  // A slow upload of 500 MB takes longer than Node's five minutes.
  server.requestTimeout = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.PORT, env.HOST, resolve);
  });
  log.info({ address: `http://${env.HOST}:${env.PORT}` }, 'web started');
  process.send?.('ready');

  const stop = () => {
    server.close(() => process.exit(0));
    // Neither ends by itself; their readers come back to the next process.
    for (const each of answers) if (isEventStream(each)) each.destroy();
    for (const socket of upgraded) socket.destroy();
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
      process.exit(0);
    }, graceMs).unref();
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The supervisor is gone: an orphan must not continue.
  process.once('disconnect', stop);
}

/** Requests would only fail, one by one. */
async function refuseOtherVersion(url: string): Promise<void> {
  const client = openDatabase(url, { max: 1, name: 'sluice-web-start' });
  try {
    await checkVersion(client.db);
  } finally {
    await client.close();
  }
}

function refused(request: IncomingMessage, response: ServerResponse): boolean {
  setSecurityHeaders(request, response, isDev);
  trustNoProxy(request.headers);
  const refusal = refuseRequest(request.method ?? 'GET', request.url ?? '/', request.headers);
  if (!refusal) return false;
  const { status, code, message } = refusal;
  // A small body is taken, so that the client gets the answer; a connection that brings a large one is closed.
  if (!hasSmallBody(request)) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ success: false, error: { code, message } }));
  return true;
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

function hasSmallBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= maxDrainedBytes;
}
