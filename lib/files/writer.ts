import type { FileHandle } from 'node:fs/promises';

const megabyte = 1024 * 1024;
/** What comes in small chunks is written in pieces of so many bytes. */
const pieceBytes = megabyte;
/** After so many bytes the disk is set to work, so that it has little left to do when the upload must be safe on it. */
const flushBytes = 8 * megabyte;

/** Writes to a file while the next bytes come in. */
export interface Writer {
  /** Waits only while the piece before is still being written. @throws what writing that threw */
  add(chunk: Uint8Array): Promise<void>;
  /** All of it is written. @throws what writing threw */
  end(): Promise<void>;
  /** Nothing is in progress any more, however it ended: the file may be closed. */
  idle(): Promise<void>;
}

export function openWriter(file: FileHandle): Writer {
  let chunks: Uint8Array[] = [];
  let gathered = 0;
  let unflushed = 0;
  let writing: Promise<void> = Promise.resolve();
  let flushing: Promise<void> = Promise.resolve();

  const writePiece = async () => {
    await writing;
    const piece = chunks;
    unflushed += gathered;
    [chunks, gathered] = [[], 0];
    writing = writeAll(file, piece);
    // Whoever comes next is told; no one may come.
    writing.catch(() => undefined);
    if (unflushed < flushBytes) return;
    unflushed = 0;
    // Only ahead of time: storage syncs the whole file, and is told when that fails.
    flushing = flushing.then(() => file.datasync()).catch(() => undefined);
  };

  return {
    async add(chunk) {
      chunks.push(chunk);
      gathered += chunk.byteLength;
      if (gathered >= pieceBytes) await writePiece();
    },
    async end() {
      if (gathered > 0) await writePiece();
      await writing;
    },
    async idle() {
      await Promise.allSettled([writing, flushing]);
    },
  };
}

/** One call may write less than all. */
async function writeAll(file: FileHandle, piece: readonly Uint8Array[]): Promise<void> {
  const total = piece.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const { bytesWritten } = await file.writev([...piece]);
  if (bytesWritten < total) await file.writeFile(Buffer.concat(piece).subarray(bytesWritten));
}
