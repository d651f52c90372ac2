/** Numbers from a seed, 0 to 1: the same seed gives the same ones (mulberry32 by Tommy Ettinger, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kinds = ['flip', 'cut', 'overwrite', 'repeat', 'number'] as const;

/** A damaged copy of a good file: bits flipped, cut short, parts overwritten, repeated, or numbers made absurd. */
export function mutate(content: Buffer, seed: number): Buffer {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const kind = kinds[below(kinds.length)] ?? 'flip';
  const bytes = Buffer.from(content);
  const at = below(bytes.length);
  switch (kind) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'repeat': {
      const part = bytes.subarray(at, at + 1 + below(200));
      return Buffer.concat([
        bytes.subarray(0, at),
        ...Array.from({ length: 1 + below(50) }, () => part),
        bytes.subarray(at),
      ]);
    }
    case 'overwrite':
      for (let index = at; index < Math.min(bytes.length, at + 1 + below(64)); index++) bytes[index] = below(256);
      return bytes;
    case 'number': {
      const width = Math.min(4, bytes.length - at);
      bytes.fill(random() < 0.5 ? 0xff : 0x00, at, at + width);
      return bytes;
    }
    default:
      for (let flips = 1 + below(10); flips > 0; flips--) {
        const place = below(bytes.length);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << below(8));
      }
      return bytes;
  }
}
