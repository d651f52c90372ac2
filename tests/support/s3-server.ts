import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { md5, refusalOf } from './s3-strict.ts';

/** What happened, or is about to happen, to an object. */
type S3Write = 'put' | 'delete';

export interface S3Server {
  /** For S3_ENDPOINT; the bucket `bucket` exists. */
  endpoint: string;
  /** The environment of a process that keeps its storage here. */
  settings: Record<string, string>;
  objects: Map<string, Buffer>;
  /** Every request is answered with this status until it is null again. */
  failWith: number | null;
  /** Uploads are answered with 411, as radosgw answers to content without a length. */
  refusesUploads: boolean;
  /** What `If-None-Match` does; other servers than Amazon's ignore it (everybody wins) or refuse it. */
  conditions: 'honoured' | 'ignored' | 'refused';
  /** So many of the next conditional writes are answered with 409, as when another is under way. */
  conflicts: number;
  /** Called before and after each object is written; the answer waits for it. */
  onWrite: ((phase: 'before' | 'after', what: S3Write, key: string) => void | Promise<void>) | null;
  close(): Promise<void>;
}

const bucket = 'bucket';
const accessKey = 'test';
/** Small, so that listings have several parts. */
const listPart = 20;

/**
 * The part of the S3 API that Sluice speaks, path style, on loopback: objects live in memory. It refuses what real servers
 * refuse (`s3-strict.ts`), except that it does not verify signatures.
 */
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
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    objects,
    failWith: null,
    refusesUploads: false,
    conditions: 'honoured',
    conflicts: 0,
    onWrite: null,
    close() {
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      return closed;
    },
  };
  return server;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await Array.fromAsync(request, (chunk: Buffer) => chunk));
    if (server.failWith) return refuse(response, server.failWith, 'ServiceUnavailable', 'scripted');
    const url = new URL(request.url ?? '/', endpoint);
    const [, ofBucket, ...path] = url.pathname.split('/');
    const key = path.map(decodeURIComponent).join('/');
    const refusal = refusalOf(request, body, { accessKey, key, isDelete: url.searchParams.has('delete') });
    if (refusal) return refuse(response, refusal.status, refusal.code, refusal.message);
    if (ofBucket !== bucket) return refuse(response, 404, 'NoSuchBucket', 'no such bucket');
    if (key === '') return onBucket(request, response, url, body);
    if (request.method === 'PUT') return put(request, response, key, body);
    if (request.method === 'DELETE') return remove(response, [key], '', 204);
    return get(response, key, request.headers.range);
  }

  async function onBucket(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): Promise<void> {
    if (request.method === 'POST' && url.searchParams.has('delete')) {
      const keys = [...body.toString().matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => decodeXml(key ?? ''));
      if (keys.length > 1000) return refuse(response, 400, 'MalformedXML', 'more than 1000 keys');
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
    if (server.refusesUploads) return refuse(response, 411, 'MissingContentLength', 'scripted');
    const condition = request.headers['if-none-match'];
    if (condition && server.conditions === 'refused')
      return refuse(response, 501, 'NotImplemented', 'A header you provided implies functionality that is missing');
    const isConditional = condition === '*' && server.conditions === 'honoured';
    if (isConditional && server.conflicts > 0) {
      server.conflicts -= 1;
      return refuse(response, 409, 'ConditionalRequestConflict', 'another conditional request is under way');
    }
    await server.onWrite?.('before', 'put', key);
    const taken = objects.has(key) && isConditional;
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
    if (from && Number(from) >= whole.length) return refuse(response, 416, 'InvalidRange', 'behind the end');
    const found = from && to ? whole.subarray(Number(from), Number(to) + 1) : whole;
    response.writeHead(from ? 206 : 200, { 'content-length': found.length, etag: etagOf(whole) }).end(found);
  }
}

const etagOf = (body: Buffer) => `"${md5(body, 'hex')}"`;
const xml = (name: string, content: string) => `<${name}>${content}</${name}>`;
const encodeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const decodeXml = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function send(response: ServerResponse, status: number, body: string): void {
  const headers = { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  send(response, status, xml('Error', `${xml('Code', code)}${xml('Message', encodeXml(message))}`));
}
