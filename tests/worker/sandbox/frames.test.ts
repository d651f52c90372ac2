import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { FrameError, readFrames, writeFrame } from '#worker/readers/sandbox/messages.ts';

async function bytesOf(...frames: [object, Uint8Array?][]): Promise<Buffer> {
  const stream = new PassThrough();
  for (const [header, body] of frames) await writeFrame(stream, header, body);
  stream.end();
  return Buffer.concat(await stream.toArray());
}

test('frames are read as they were written, however the bytes arrive', async () => {
  const bytes = await bytesOf([{ page: 1 }], [{ page: 2 }, Buffer.from('picture')], [{ last: true }]);
  const drops = Readable.from(Array.from(bytes, (byte) => Buffer.of(byte)));
  const frames = await Array.fromAsync(readFrames(drops, 1000));
  expect(frames.map(({ header, body }) => [header, body.toString()])).toEqual([
    [{ page: 1 }, ''],
    [{ page: 2 }, 'picture'],
    [{ last: true }, ''],
  ]);
});

test('a frame that is longer than allowed is refused before it is taken in', async () => {
  const bytes = await bytesOf([{ page: 1 }, Buffer.alloc(2000)]);
  await expect(Array.fromAsync(readFrames(Readable.from([bytes.subarray(0, 8)]), 1000))).rejects.toThrow(FrameError);
});

test('bytes that are no frame are refused', async () => {
  const bytes = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
  await expect(Array.fromAsync(readFrames(Readable.from([bytes]), 1000))).rejects.toThrow(FrameError);
});
