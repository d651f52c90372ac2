import { setImmediate as nextTurn } from 'node:timers/promises';
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

/** A long list as bytes, in parts: building up one of them takes a few milliseconds. */
export type PackedList<T> = readonly Packed<T[]>[];

const itemsPerPart = 100;

export function pack<T>(value: T): Packed<T> {
  return { bytes: serialize(value) };
}

export function unpack<T>({ bytes }: Packed<T>): T {
  return deserialize(bytes);
}

/** Packs a list in a compute thread, where nothing else waits. */
export function packList<T>(items: readonly T[]): PackedList<T> {
  return partsOf(items).map((part) => pack(part));
}

export function unpackList<T>(list: PackedList<T>): T[] {
  return list.flatMap((part) => unpack(part));
}

/** Packs a list in the worker's own thread: others get their turn after each part. */
export async function packListInTurns<T>(items: readonly T[]): Promise<PackedList<T>> {
  return inTurns(partsOf(items), (part) => pack(part));
}

export async function unpackListInTurns<T>(list: PackedList<T>): Promise<T[]> {
  return (await inTurns(list, (part) => unpack(part))).flat();
}

function partsOf<T>(items: readonly T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(items.length / itemsPerPart) }, (_, index) => index * itemsPerPart);
  return starts.map((start) => items.slice(start, start + itemsPerPart));
}

async function inTurns<T, R>(items: readonly T[], make: (item: T) => R): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) {
    made.push(make(item));
    await nextTurn();
  }
  return made;
}
