import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSpool } from '#lib/export/input.ts';

/** Temporary files for the parts of one export, and the way to be rid of them. */
export interface Spools {
  open: OpenSpool;
  close(): Promise<void>;
}

/** Text held before it goes to its file. */
const heldChars = 64 * 1024;

/** Files in a folder of their own, made with the first of them; all of it goes with `close`. */
export function openSpools(spoolDir: string): Spools {
  let dir: Promise<string> | null = null;
  const handles: FileHandle[] = [];
  return {
    async open() {
      dir ??= makeDir(spoolDir);
      const path = join(await dir, String(handles.length));
      const handle = await open(path, 'wx');
      handles.push(handle);
      let held: string[] = [];
      let size = 0;
      const flush = async () => {
        const text = held.join('');
        held = [];
        size = 0;
        await handle.write(text);
      };
      return {
        async write(text) {
          held.push(text);
          size += text.length;
          if (size >= heldChars) await flush();
        },
        async *read() {
          if (size > 0) await flush();
          yield* createReadStream(path);
        },
      };
    },
    async close() {
      await Promise.all(handles.splice(0).map((handle) => handle.close()));
      if (dir) await rm(await dir, { recursive: true, force: true });
    },
  };
}

async function makeDir(spoolDir: string): Promise<string> {
  await mkdir(spoolDir, { recursive: true });
  return mkdtemp(join(spoolDir, 'export-'));
}
