import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSpool } from '#lib/core/export/input.ts';
import { newId } from '#lib/id.ts';

/** Temporary files for the parts of one export, and the way to be rid of them. */
export interface Spools {
  open: OpenSpool;
  close(): Promise<void>;
}

/** Text held before it goes to its file. */
const heldChars = 64 * 1024;

/** Files without a name: they are gone with the process, however it ends, and with `close`. */
export function openSpools(spoolDir: string): Spools {
  const handles: FileHandle[] = [];
  return {
    async open() {
      const handle = await openNameless(spoolDir);
      handles.push(handle);
      let held: string[] = [];
      let size = 0;
      const flush = async () => {
        const text = held.join('');
        held = [];
        size = 0;
        await handle.writeFile(text);
      };
      return {
        async write(text) {
          held.push(text);
          size += text.length;
          if (size >= heldChars) await flush();
        },
        async *read() {
          if (size > 0) await flush();
          yield* handle.createReadStream({ start: 0, autoClose: false });
        },
      };
    },
    async close() {
      await Promise.all(handles.splice(0).map((handle) => handle.close()));
    },
  };
}

async function openNameless(dir: string): Promise<FileHandle> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, `export-${newId()}`);
  const handle = await open(path, 'wx+');
  await unlink(path);
  return handle;
}
