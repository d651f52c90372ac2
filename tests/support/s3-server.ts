import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What happened, or is about to happen, to an object. */
export type S3Write = 'put' | 'delete';

export interface S3Server {
  /** For S3_ENDPOINT; the bucket `bucket` exists. */
  endpoint: string;
  /** The environment of a process that keeps its storage here. */
  settings: Record<string, string>;
  objects: Map<string, Buffer>;
  /** Every request is answered with this status until it is null again. */
  failWith: number | null;
  /** Called before and after each object is written; the answer waits for it. */
  onWrite: ((phase: 'before' | 'after', what: S3Write, key: string) => void | Promise<void>) | null;
  close(): Promise<void>;
}

const bucket = 'bucket';
/** Small, so that listings have several parts. */
const listPart = 20;

/** The part of the S3 API that Sluice speaks, path style, on loopback: objects live in memory. Any key is accepted. */
export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const http = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => refuse(response, 500, 'InternalError', String(error)));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const server: S3Server = {
    endpoint,
    settings: {
      STORAGE_URL: `s3://${bucket}/room`,
      S3_ENDPOINT: endpoint,
      S3_PATH_STYLE: 'true',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    objects,
    failWith: null,
    onWrite: null,
    close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      return closed;
    },
  };
  return server;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (server.failWith) return refuse(response, server.failWith, 'ServiceUnavailable', 'scripted');
    const url = new URL(request.url ?? '/', endpoint);
    const [, ofBucket, ...path] = url.pathname.split('/');
    if (ofBucket !== bucket) return refuse(response, 404, 'NoSuchBucket', 'no such bucket');
    const key = path.map(decodeURIComponent).join('/');
    if (key === '') return onBucket(request, response, url, body);
    if (request.method === 'PUT') return put(request, response, key, body);
    if (request.method === 'DELETE') return remove(response, [key], '', 204);
    return get(response, key, request.headers.range);
  }

  async function onBucket(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): Promise<void> {
    if (request.method === 'HEAD') return void response.writeHead(200).end();
    if (request.method === 'POST' && url.searchParams.has('delete')) {
      const keys = [...body.toString().matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => decodeXml(key ?? ''));
      return remove(response, keys, xml('DeleteResult', ''), 200);
    }
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = url.searchParams.get('continuation-token') ?? '';
    const matching = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
    const part = matching.slice(0, listPart);
    const isCut = part.length < matching.length;
    const contents = part.map((key) => xml('Contents', xml('Key', encodeXml(key)))).join('');
    const next = isCut ? xml('NextContinuationToken', encodeXml(part.at(-1) ?? '')) : '';
    send(response, 200, xml('ListBucketResult', `${xml('IsTruncated', String(isCut))}${next}${contents}`));
  }

  async function put(request: IncomingMessage, response: ServerResponse, key: string, body: Buffer): Promise<void> {
    await server.onWrite?.('before', 'put', key);
    const taken = objects.has(key) && request.headers['if-none-match'] === '*';
    if (!taken) objects.set(key, body);
    await server.onWrite?.('after', 'put', key);
    if (taken) return refuse(response, 412, 'PreconditionFailed', 'there is one');
    response.writeHead(200, { etag: etagOf(body) }).end();
  }

  async function remove(response: ServerResponse, keys: string[], answer: string, status: number): Promise<void> {
    for (const key of keys) {
      await server.onWrite?.('before', 'delete', key);
      objects.delete(key);
      await server.onWrite?.('after', 'delete', key);
    }
    send(response, status, answer);
  }

  function get(response: ServerResponse, key: string, range: string | undefined): void {
    const whole = objects.get(key);
    if (!whole) return refuse(response, 404, 'NoSuchKey', 'there is none');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    const found = from && to ? whole.subarray(Number(from), Number(to) + 1) : whole;
    response.writeHead(from ? 206 : 200, { 'content-length': found.length, etag: etagOf(found) }).end(found);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  return request.headers['content-encoding']?.includes('aws-chunked') ? unchunked(body) : body;
}

/** `aws-chunked`: a line with the size in hex, the bytes, a line's end; size 0 ends it, checksums follow. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, lineEnd).toString(), 16);
    if (!size) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

const etagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;
const xml = (name: string, content: string) => `<${name}>${content}</${name}>`;
const encodeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const decodeXml = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&amp;', '&');

function send(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) })
    .end(body);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, xml('Error', `${xml('Code', code)}${xml('Message', encodeXml(message))}`));
}
