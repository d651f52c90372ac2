import { deserialize, serialize } from 'node:v8';

declare const content: unique symbol;

/**
 * A large value as bytes: what one task gives to another passes through the worker's own thread without being built up
 * there, which would hold up everything else.
 */
export interface Packed<T> {
  bytes: Uint8Array;
  /** Never there: only says what the bytes hold. */
  [content]?: T;
}

export function pack<T>(value: T): Packed<T> {
  return { bytes: serialize(value) };
}

export function unpack<T>({ bytes }: Packed<T>): T {
  return deserialize(bytes);
}
