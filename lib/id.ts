import { v7, validate } from 'uuid';

/** A new UUIDv7: unique everywhere, sorting by time of creation. */
export function newId(): string {
  return v7();
}

export function isId(text: string): boolean {
  return validate(text);
}
