import { parse } from 'range-parser';

/** Bytes of a file: both ends are part of it. */
export interface ByteRange {
  from: number;
  to: number;
}

/**
 * The range that a `Range` header asks for (RFC 9110, 14.2). null: the whole file, also for a malformed header and
 * for several ranges, which a server may do. `beyond`: the file has no such bytes.
 */
export function parseRange(header: string | null, size: number): ByteRange | null | 'beyond' {
  if (header === null) return null;
  const { code, type, ranges } = parse(size, header);
  const isMalformed = (code & 1) !== 0;
  if (type !== 'bytes' || isMalformed || ranges.length > 1) return null;
  const [only] = ranges;
  return only ? { from: only.start, to: only.end } : 'beyond';
}
