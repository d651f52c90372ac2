import { type BinaryToTextEncoding, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';

interface Refusal {
  status: number;
  code: string;
  message: string;
}

interface S3Request {
  accessKey: string;
  key: string;
  /** Deletes several objects. */
  isDelete: boolean;
}

const maxKeyBytes = 1024;

/** What real S3 servers refuse before they look at an object (observed on radosgw, and as Amazon documents it); null for none. */
export function refusalOf(
  request: IncomingMessage,
  body: Buffer,
  { accessKey, key, isDelete }: S3Request,
): Refusal | null {
  const { headers, method } = request;
  if (!headers.authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKey}/`))
    return { status: 403, code: 'AccessDenied', message: 'The request is not signed with a known key' };
  if (Buffer.byteLength(key) > maxKeyBytes)
    return { status: 400, code: 'KeyTooLongError', message: 'The key is too long' };
  if (method === 'PUT' && headers['content-length'] === undefined)
    return { status: 411, code: 'MissingContentLength', message: 'You must provide the Content-Length header' };
  if (headers['x-amz-trailer'] || headers['content-encoding']?.includes('aws-chunked'))
    return { status: 501, code: 'NotImplemented', message: 'Checksums behind the content are not known here' };
  if (isDelete && headers['content-md5'] === undefined && headers['x-amz-checksum-crc32'] === undefined)
    return { status: 400, code: 'InvalidRequest', message: 'Missing required header: Content-MD5' };
  return isWhole(request, body)
    ? null
    : { status: 400, code: 'BadDigest', message: 'The content is not what was sent' };
}

/** Whether the content agrees with every digest that came with it. */
function isWhole({ headers }: IncomingMessage, body: Buffer): boolean {
  const sums: [header: string, expected: () => string][] = [
    ['content-md5', () => md5(body, 'base64')],
    ['x-amz-checksum-crc32', () => crc32Of(body)],
  ];
  const sha256 = String(headers['x-amz-content-sha256']);
  if (/^[0-9a-f]{64}$/.test(sha256) && sha256 !== createHash('sha256').update(body).digest('hex')) return false;
  return sums.every(([header, expected]) => headers[header] === undefined || headers[header] === expected());
}

export function md5(body: Buffer, encoding: BinaryToTextEncoding): string {
  return createHash('md5').update(body).digest(encoding);
}

function crc32Of(body: Buffer): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return sum.toString('base64');
}
