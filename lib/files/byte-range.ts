/** Bytes of a file: both ends are part of it. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * The range that a `Range` header asks for (RFC 9110, 14.2). null: the whole file, also for what is not understood and
 * for several ranges, which a server may do. `beyond`: the file has no such bytes.
 */
export function parseRange(header: string | null, size: number): ByteRange | null | 'beyond' {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!found) return null;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < from) return null;
  return from >= size || to < from ? 'beyond' : { from, to };
}
