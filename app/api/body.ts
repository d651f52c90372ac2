import { RequestError } from '#lib/core/errors.ts';

const megabyte = 1024 * 1024;
/** Enough for the largest edit or list of ids. */
export const maxJsonBytes = megabyte;
/** A definition carries its instructions and may be a large JSON Schema. */
export const maxSchemaBytes = 5 * megabyte;
/** What a schema learned, of thousands of pages. */
export const maxLayoutBytes = 50 * megabyte;
/** Deeper JSON overflows the stack of whatever walks it. */
const maxDepth = 200;

/**
 * Reads a request's body as JSON; undefined when it is empty.
 * @throws RequestError 413 when it is larger than `maxBytes`, 400 when it ends early, is not JSON or is nested too deeply
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = (await readText(request, maxBytes)).trim();
  if (text === '') return undefined;
  const value = parseJson(text);
  if (isDeeperThan(maxDepth, value)) {
    throw new RequestError('invalid', 'nested_too_deeply', `The body is nested more than ${maxDepth} levels deep`);
  }
  return value;
}

/** Stops reading at the limit: what a client sends beyond it is never held in memory. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('invalid', 'body_cut_off', 'The body ended before it was complete: send it again', {
      cause: error,
    });
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RequestError('invalid', 'invalid_json', 'The body is not JSON', { cause: error });
  }
}

/** With a stack of its own, so that it cannot overflow itself. */
function isDeeperThan(levels: number, value: unknown): boolean {
  const open = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === levels) return true;
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 });
  }
  return false;
}

function tooLarge(maxBytes: number): RequestError {
  return new RequestError(
    'too_large',
    'body_too_large',
    `The body is larger than ${maxBytes / megabyte} MB, the limit for this call`,
  );
}
