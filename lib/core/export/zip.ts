import { Zip, ZipDeflate } from 'fflate';

/** A file of an archive; its content is read when its turn comes. */
export interface ZipEntry {
  name: string;
  content: AsyncIterable<Uint8Array>;
}

/** The format's own limit without its 64-bit extension, and a little less. */
const maxBytes = 4_000_000_000;

/** An archive that would be larger than the format allows. */
export class ArchiveTooLarge extends Error {
  override name = 'ArchiveTooLarge';
}

/**
 * The bytes of a ZIP archive as its entries give theirs: nothing is held back, so a slow reader slows the entries down.
 * @throws ArchiveTooLarge when an entry, or all, pass 4 GB
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  let made: Uint8Array[] = [];
  let total = 0;
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
    total = counted(total, chunk);
  });
  const take = () => {
    const taken = made;
    made = [];
    return taken;
  };
  for await (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: 5 });
    archive.add(file);
    let bytes = 0;
    for await (const chunk of content) {
      bytes = counted(bytes, chunk);
      file.push(chunk);
      yield* take();
    }
    file.push(new Uint8Array(), true);
    yield* take();
  }
  archive.end();
  yield* take();
}

function counted(before: number, chunk: Uint8Array): number {
  const bytes = before + chunk.length;
  if (bytes > maxBytes) throw new ArchiveTooLarge('an export of more than 4 GB fits into no ZIP archive');
  return bytes;
}
