const encoder = new TextEncoder();

/** Bytes handed on at a time. */
const chunkChars = 64 * 1024;

/** Text as UTF-8, in chunks of about 64 KB. What UTF-8 cannot say, half of a surrogate pair, is U+FFFD. */
export async function* utf8(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let held: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    held.push(piece);
    size += piece.length;
    if (size < chunkChars) continue;
    yield encoder.encode(held.join(''));
    held = [];
    size = 0;
  }
  if (size > 0) yield encoder.encode(held.join(''));
}
