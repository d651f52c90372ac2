import type { FileHandle } from 'node:fs/promises';

/** Bytes of an archive, wherever they are. */
export interface ByteSource {
  size: number;
  /** Fewer than asked for at the end. */
  read: (position: number, length: number) => Promise<Buffer>;
}

export function fileSource(file: FileHandle, size: number): ByteSource {
  return {
    size,
    read: async (position, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
  };
}

export function bufferSource(content: Buffer): ByteSource {
  return { size: content.length, read: async (position, length) => content.subarray(position, position + length) };
}
