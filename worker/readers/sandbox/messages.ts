import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';

/** A message between the worker and a reader's process: a JSON header, and bytes that need no JSON. */
export interface Frame {
  header: unknown;
  body: Buffer;
  /** What it took on the way. */
  bytes: number;
}

const prefixBytes = 8;

/** What was sent is longer than allowed, or is not a frame. */
export class FrameError extends Error {
  override name = 'FrameError';
}

/** Writes a frame as `u32 header length · u32 body length · header · body`; resolves when there is room for more. */
export async function writeFrame(stream: Writable, header: object, body: Uint8Array = Buffer.alloc(0)): Promise<void> {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(json.length, 0);
  prefix.writeUInt32LE(body.length, 4);
  stream.write(prefix);
  stream.write(json);
  if (body.length > 0) stream.write(body);
  if (stream.writableNeedDrain) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
}

/**
 * Reads frames one by one, no faster than they are taken.
 * @throws FrameError when one is longer than `maxBytes`
 */
export async function* readFrames(stream: Readable, maxBytes: number): AsyncGenerator<Frame, void> {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = prefixBytes;
  let lengths: { header: number; body: number } | null = null;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new FrameError('not bytes');
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const all: Buffer = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const taken = all.subarray(0, wanted);
      chunks = [all.subarray(wanted)];
      held -= wanted;
      if (lengths) {
        yield {
          header: parseHeader(taken.subarray(0, lengths.header)),
          body: taken.subarray(lengths.header),
          bytes: wanted,
        };
        lengths = null;
        wanted = prefixBytes;
      } else {
        lengths = { header: taken.readUInt32LE(0), body: taken.readUInt32LE(4) };
        wanted = lengths.header + lengths.body;
        if (wanted > maxBytes) throw new FrameError(`a frame of ${wanted} bytes`);
      }
    }
  }
}

function parseHeader(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw new FrameError('a header that is not JSON', { cause: error });
  }
}
