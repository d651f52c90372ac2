import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { openDatabase } from '#lib/db/client.ts';
import { checkVersion, VersionError } from '#lib/db/version.ts';
import { EnvError, parseEnv } from '#lib/env.ts';
import { createLogger } from '#lib/log.ts';
import { refuseRequest, trustNoProxy } from '#lib/web-guard.ts';
import { directRoute } from './direct/routes.ts';
import { serveDirectly } from './direct/serve.ts';
import { setSecurityHeaders } from './security-headers.ts';

const log = createLogger('web');
const root = fileURLToPath(new URL('..', import.meta.url));
const isDev = process.argv.includes('--dev');
/** Requests under way may go on for so long after SIGTERM. */
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
  await app.prepare();
  const answer = app.getRequestHandler();
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    if (refused(request, response)) return;
    const direct = directRoute(request.method, request.url ?? '/');
    if (!direct) return void answer(request, response);
    if (direct.isEndless) streams.add(response.once('close', () => streams.delete(response)));
    void serveDirectly(direct.handler, request, response, log);
  });
  // Next takes up the live reloading of pages by itself: a foreign page must not reach that either.
  server.prependListener('upgrade', (request, socket) => {
    if (refuseRequest('POST', request.url ?? '/', request.headers)) socket.destroy();
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
    // Event streams never end by themselves; their readers come back to the next process.
    for (const stream of streams) stream.destroy();
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
      process.exit(0);
    }, graceMs).unref();
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // The supervisor is gone: an orphan must not go on.
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

function hasSmallBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= maxDrainedBytes;
}
